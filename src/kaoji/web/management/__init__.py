"""Commands of the site that act: run by a timer."""
