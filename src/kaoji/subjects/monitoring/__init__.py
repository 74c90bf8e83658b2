"""Monitoring (双监控): periods, what units report in them, what the department says to it."""
