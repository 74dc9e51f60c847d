"""What every response gets."""
