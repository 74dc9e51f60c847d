"""What stands in deploy/, and what the program is made of."""
