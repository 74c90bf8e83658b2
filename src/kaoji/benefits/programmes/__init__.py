"""One pure rule a programme; catalogue.py lists them. Amounts, days and months are in `standards/benefits/`."""
