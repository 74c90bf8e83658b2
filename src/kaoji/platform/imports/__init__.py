"""What comes in by sheet or interface: files that wait to be read, and the batches that were taken."""
