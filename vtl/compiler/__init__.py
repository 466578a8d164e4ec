"""Tree to Python: `compile_template` writes a template as Python code, one emitter a family of nodes."""

from vtl.compiler.program import Program, compile_template

__all__ = ["Program", "compile_template"]
