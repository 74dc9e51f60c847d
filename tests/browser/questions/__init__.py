"""Answering questions, by mouse, finger and keys."""
