"""Who may move a declaration, from where to where – a table, and the reasons for “no”."""
