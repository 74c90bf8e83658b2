"""Rules for self-evaluations and monitoring reports."""
