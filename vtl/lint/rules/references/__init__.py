"""R: variables, members and methods."""
