"""The proof itself: the classes of answers, the laws, and rules broken so that one fails."""
