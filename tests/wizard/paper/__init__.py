"""The paper to take along: what stands on it, and what does not."""
