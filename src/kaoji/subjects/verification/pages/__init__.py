"""The log as people look through it."""
