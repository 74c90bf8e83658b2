"""What is remembered: documents, intakes, declarations with their revisions, events."""
