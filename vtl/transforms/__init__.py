"""JSON, XML and SOAP, one from another; lxml enters here and nowhere else."""
