"""The event log: who did what and when, one event after another, chained by hashes."""
