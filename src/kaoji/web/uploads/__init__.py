"""Files on their way in: handed in, read by a process of its own, shown, and then taken or given up."""
