"""What everybody may ask without a key."""
