"""Files exactly as somebody handed them in, each named by the hash of its content."""
