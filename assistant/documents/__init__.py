"""Word files that leave the program."""
