"""The room of the loaders: TOML in, refused with file and key."""
