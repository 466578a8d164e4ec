"""The differential test: generated templates through this engine and through Velocity 1.7 itself."""
