"""Letters of approval: issue them, look them up, take them home."""
