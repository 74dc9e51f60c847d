"""The result and what one takes along from it."""
