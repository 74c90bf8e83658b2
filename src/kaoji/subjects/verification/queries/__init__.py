"""What is asked of these tables."""
