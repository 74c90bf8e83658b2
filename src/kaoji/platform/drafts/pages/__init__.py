"""What the script of a page asks for."""
