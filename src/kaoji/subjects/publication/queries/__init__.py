"""What of the records everybody may see."""
