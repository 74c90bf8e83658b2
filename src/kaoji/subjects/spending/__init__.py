"""Money spent on an approved promise. A correction is a later row."""
