"""The page of the installation's keeper."""
