"""Speed and weight, always beside a bare Flask page on the same gunicorn: `make bench`."""
