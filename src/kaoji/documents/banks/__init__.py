"""Files that banks and we exchange, written and read by layouts that are data (`standards/banks/`)."""
