"""The rules, one in each module: found by walking this folder."""
