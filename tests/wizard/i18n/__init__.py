"""Languages, their names, dates and orders, and the tools of translators."""
