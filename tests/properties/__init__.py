"""What must hold for any template: nothing but VtlErrors, and the compiled engine prints what the plain evaluator prints."""
