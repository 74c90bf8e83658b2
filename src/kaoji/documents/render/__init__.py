"""Forms become documents: one sheet, laid out once, written in many formats."""
