"""Why, why not and what if are true of the policy."""
