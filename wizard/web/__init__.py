"""What every response gets: headers, compression, limits, static files, errors."""
