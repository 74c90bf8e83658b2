"""The records compared with their log, from inside: nothing changed, nothing missing."""
