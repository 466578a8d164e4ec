"""What really stands behind integrations: HTTP, AWS, functions; and the targets that take their place locally."""
