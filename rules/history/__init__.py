"""Policies of other days: kept, read again, and compared for an old case."""
