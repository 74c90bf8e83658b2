"""What is due: windows and late exceptions, and what waits for a person."""
