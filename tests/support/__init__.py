"""What the tests and the benchmarks share: servers, visitors, answers, broken data."""
