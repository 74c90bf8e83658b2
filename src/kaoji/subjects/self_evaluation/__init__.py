"""What units say became of their promises, how that was checked again, and how each promise stands."""
