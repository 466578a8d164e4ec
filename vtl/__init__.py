"""AWS API Gateway mapping templates, away from AWS."""
