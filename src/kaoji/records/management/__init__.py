"""Commands of the records, called as `kaoji manage …`."""
