"""The verbs: one file, one action, one transaction, one event. Faces call these and no model."""
