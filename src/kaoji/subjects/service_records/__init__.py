"""Services that were given, row by row. A correction is a later row that names the one it replaces."""
