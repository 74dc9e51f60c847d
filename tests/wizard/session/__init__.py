"""What the visitor carries, and that it leaks nowhere."""
