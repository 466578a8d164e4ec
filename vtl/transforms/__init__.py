"""XML and its relations; lxml enters here and nowhere else."""
