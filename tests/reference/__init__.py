"""The slow truth: a plain evaluator that the compiled engine is compared with."""
