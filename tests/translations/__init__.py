"""What stands in the catalogues: complete, in its own script, readable."""
