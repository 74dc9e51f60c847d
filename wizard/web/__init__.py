"""What every response gets, whatever page it is: headers, compression, limits, static files, errors."""
