"""The measurements measure what they say, and what they found stays so."""
