"""A directive of Velocity is used that API Gateway does not run.

#macro defines nothing there: the block vanishes, and calls of the macro print as they stand. #evaluate is text. #include and
#parse find no file, and fail.

    #macro(item $x)"$x"#end#item($a)      #define($item)"$a"#end$item, or write it out

Recorded on AWS for #macro and #evaluate.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span


def check(subject: Subject) -> Iterator[Problem]:
    """Macros, calls of them, #evaluate, #include and #parse."""
    macros = {node.name for node in subject.nodes if isinstance(node, nodes.Macro)}
    for node in subject.nodes:
        if isinstance(node, nodes.Macro):
            span = Span(node.span.start, node.body.span.start)
            yield Problem(
                f"API Gateway defines no macros: #macro({node.name}) vanishes", span, "#define gives a block without parameters"
            )
        elif isinstance(node, nodes.MacroCall) and node.name in macros:
            yield Problem(f"#{node.name} prints as it stands: API Gateway defines no macros", node.span)
        elif isinstance(node, nodes.MacroCall) and node.name == "evaluate":
            yield Problem("API Gateway has no #evaluate: it prints as it stands", node.span)
        elif isinstance(node, nodes.Include | nodes.Parse):
            word = "include" if isinstance(node, nodes.Include) else "parse"
            yield Problem(f"#{word} finds no file at API Gateway, and the request fails", node.span)


RULE = Rule(code="D301", name="unsupported-directive", severity=Severity.ERROR, check=check)
