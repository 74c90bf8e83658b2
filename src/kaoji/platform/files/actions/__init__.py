"""The verbs: a file is kept."""
