"""What a department reports of all its projects: its monitoring, and the self-evaluations of a year."""
