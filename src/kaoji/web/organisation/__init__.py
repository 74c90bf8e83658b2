"""The organisation tree: places, people, appointments."""
