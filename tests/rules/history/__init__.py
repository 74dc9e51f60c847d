"""Policies of other days are read as they were, and compared with today's."""
