"""The rule book: every rule with its reason, basis, values and examples."""
