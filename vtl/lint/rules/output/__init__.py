"""J and X: the output as JSON or XML."""
