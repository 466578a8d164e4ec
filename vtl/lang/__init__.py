"""Text to tree: the syntax of VTL, knowing neither Java's values nor AWS."""
