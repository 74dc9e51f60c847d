"""The only room that knows productions and durable_rules: rules compiled, facts in, what fired out."""
