"""How the tables of the queue came to be."""
