"""The compiled rules, durable_rules and the interpreter agree, and forget what was asked."""
