"""Who is where: the organisation tree, and the roles that people have in it for a time."""
