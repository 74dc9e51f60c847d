"""Languages and their data: which one is spoken, its texts, names and dates."""
