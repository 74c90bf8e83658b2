"""The rule book: one file a rule, each with its reason, basis, examples and check."""
