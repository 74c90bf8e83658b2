"""SQLite with a queue: who writes takes turns."""
