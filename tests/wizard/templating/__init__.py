"""The templates and what they are given."""
