"""Leaving quickly, and what stays behind in the browser: nothing."""
