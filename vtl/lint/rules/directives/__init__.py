"""D: directives and conditions."""
