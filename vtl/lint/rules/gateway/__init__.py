"""G: the settings around templates."""
