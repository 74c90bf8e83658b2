"""Sign in, sign out, choose a language."""
