"""The result on paper, to take along: what stands on it, and how it becomes a PDF."""
