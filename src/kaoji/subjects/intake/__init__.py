"""Documents on their way into the records: read, looked at, confirmed or given up."""
