"""Languages and their data: which one is spoken, its texts, names, dates, and how to address whom."""
