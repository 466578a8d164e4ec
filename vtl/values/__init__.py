"""What Java does with a value: sum, text, truth, methods."""
