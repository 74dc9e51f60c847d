"""Pages that everybody can use: names, sizes, colours, focus, voices."""
