"""Rules over the trees of templates and the settings around them."""
