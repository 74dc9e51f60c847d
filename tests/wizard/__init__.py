"""The pages, the API and the house rules, without a browser."""
