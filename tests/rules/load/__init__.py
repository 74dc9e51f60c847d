"""What a data file may hold, and how a mistake in it is named."""
