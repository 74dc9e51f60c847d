"""Each page, without a browser."""
