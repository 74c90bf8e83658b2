"""What people do with the site, one room a subject."""
