"""Monitoring: periods, the report of each promise, the department's review and summary."""
