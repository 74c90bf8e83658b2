"""Evidence as it comes in: service records, surveys, spending from the treasury's sheet."""
