"""A word after `#` looks like a directive, but is none, and prints as it stands.

Velocity knows `#set`, `#if`, `#elseif`, `#else`, `#end`, `#foreach`, `#break`, `#stop`, `#define`, `#include` and `#parse`, in
lower case. Anything else after a `#` is text. Words that only DynamoDB understands, such as `#status`, are left alone.

    #elsif($x)      write #elseif($x)
    #endif          write #end
    #return         write #stop
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.finding import Edit, Fix
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span

_MEANT = {
    "elsif": "elseif",
    "elif": "elseif",
    "elself": "elseif",
    "endif": "end",
    "endfor": "end",
    "endforeach": "end",
    "endset": "end",
    "enddefine": "end",
    "for": "foreach",
    "forach": "foreach",
    "foeach": "foreach",
    "foreeach": "foreach",
    "each": "foreach",
    "esle": "else",
    "eles": "else",
    "edn": "end",
    "fi": "end",
    "return": "stop",
    "exit": "stop",
    "continue": "",
    "let": "set",
    "var": "set",
    "unless": "if",
    "switch": "if",
}
_DIRECTIVES = frozenset(["set", "if", "elseif", "else", "end", "foreach", "break", "stop", "define", "include", "parse", "macro"])
_WORD = re.compile(r"#(?:@|\{)?([A-Za-z]+)")


def check(subject: Subject) -> Iterator[Problem]:
    """The words that look like directives."""
    for node in subject.nodes:
        if isinstance(node, nodes.MacroCall):
            problem = _problem(node.name, node.span.start)
            if problem:
                yield problem
        elif isinstance(node, nodes.Text) and "#" in node.text:
            for found in _WORD.finditer(subject.text, node.span.start, node.span.end):
                escaped = subject.text[found.start() - 1 : found.start()] == "\\"
                problem = None if escaped else _problem(found[1], found.start())
                if problem:
                    yield problem


def _problem(word: str, offset: int) -> Problem | None:
    lower = word.lower()
    meant = lower if lower in _DIRECTIVES and word != lower else _MEANT.get(lower)
    if meant is None:
        return None
    span = Span(offset, offset + 1 + len(word))
    hint = f"write #{meant}" if meant else "Velocity cannot skip to the next round: put the rest in an #if"
    fix = None
    if meant == "elseif" or (meant and meant == lower):
        fix = Fix((Edit(Span(offset + 1, offset + 1 + len(word)), meant),), False, f"Write #{meant}")
    return Problem(f"`#{word}` is not a directive and prints as it stands", span, hint, fix=fix)


RULE = Rule(code="P003", name="unknown-directive", severity=Severity.ERROR, check=check, fixes="unsafe")
