"""Pictures of what was promised, spent and reached; each with its words, its table, its download."""
