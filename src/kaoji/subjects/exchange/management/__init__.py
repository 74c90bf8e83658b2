"""Commands, called as `kaoji manage …`."""
