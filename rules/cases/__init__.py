"""A policy officer's acceptance cases: read from a spreadsheet and checked."""
