"""What the visitor carries: the answers, sealed; how to speak; a case as a code."""
