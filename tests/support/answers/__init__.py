"""Whose answers: people, their situations, sets of answers, and cases as codes."""
