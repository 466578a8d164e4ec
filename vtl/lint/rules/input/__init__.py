"""U: what a caller sends and where it ends up."""
