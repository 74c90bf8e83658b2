"""How each indicator is measured, and the values that were reached."""
