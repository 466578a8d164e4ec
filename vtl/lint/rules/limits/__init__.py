"""L: quotas of AWS."""
