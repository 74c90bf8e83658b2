"""What was found wrong and has to be put right, from whatever source, until it is closed."""
