"""What other systems may ask."""
