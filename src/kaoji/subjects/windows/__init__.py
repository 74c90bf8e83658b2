"""When the stages of a year are open, and who may be late."""
