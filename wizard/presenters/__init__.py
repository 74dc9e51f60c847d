"""Decisions in words, ready for a page, the paper or the API; knows no HTTP."""
