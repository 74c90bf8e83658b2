"""What earlier years say to this one: last year's results and what was left to mend."""
