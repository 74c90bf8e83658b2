"""Keep a draft, drop it."""
