"""The site, grouped by subject: declarations, intake, rule book, account."""
