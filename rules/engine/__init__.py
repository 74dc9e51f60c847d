"""The only room that knows productions and durable_rules: facts in, what fired out."""
