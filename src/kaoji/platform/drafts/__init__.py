"""What somebody is writing and has not filed yet: kept on the server, a person and form."""
