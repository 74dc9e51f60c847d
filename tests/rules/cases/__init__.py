"""Cases of a policy officer: what a spreadsheet may hold, and what is said of a mistake."""
