"""P: what Velocity refuses, or takes for text though it was meant as more."""
