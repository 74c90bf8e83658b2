"""What became of an approved promise: spending, actual values, lights, the score, self-evaluations."""
