"""What the templates get beside what a view hands them."""
