"""The door for other systems: keys, limits, faults as JSON."""
