"""The promises: forms, their revisions, what the rules say of them."""
