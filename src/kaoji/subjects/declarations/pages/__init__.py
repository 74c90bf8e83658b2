"""The list of declarations, and one declaration as the official form."""
