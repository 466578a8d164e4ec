"""Running compiled templates."""
