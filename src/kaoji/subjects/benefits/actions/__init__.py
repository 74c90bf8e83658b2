"""The verbs: one file, one action, one transaction, one event."""
