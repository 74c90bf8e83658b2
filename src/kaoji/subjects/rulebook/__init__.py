"""What an administrator decided about a rule or a number, for a region."""
