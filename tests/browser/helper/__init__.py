"""A social worker and a client at one screen."""
