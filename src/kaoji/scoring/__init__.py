"""Scores as law in data: one formula a file, and a score that explains itself."""
