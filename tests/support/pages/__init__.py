"""What reads a page and says what is wrong with it."""
