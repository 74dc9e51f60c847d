"""Networks as they are: slow, gone, watched, plain, with a neighbour who means harm."""
