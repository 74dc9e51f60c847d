"""The policy, its loaders, its engine and its proofs."""
