"""What comes in over the network and what goes back: headers, limits, refusals, nginx."""
