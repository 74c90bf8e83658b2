"""What every subject stands on: the log, files, places, accounts, imports, the frame of the pages."""
