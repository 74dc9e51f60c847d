"""What somebody could try who wants to harm visitors. `make attack` does the same for longer."""
