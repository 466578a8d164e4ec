"""Tests; a package, so that the parts may import each other."""
