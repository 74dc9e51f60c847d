"""What is broken, busy or slow on purpose, to see what the program does then."""
