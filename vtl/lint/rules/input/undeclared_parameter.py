"""$input.params asks for a name that the method does not declare, but one that is nearly the same.

A parameter that is not declared reaches the template all the same, but one whose name is misspelt is empty. Only near misses are
told, where the document declares the method's parameters.

    /pets/{petId}      $input.params('petid')      write $input.params('petId')
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """The names that are nearly those of declared parameters."""
    declared = subject.site.parameters
    if not declared:
        return
    places = {each.partition(".")[2]: each.partition(".")[0] for each in declared}
    for reference in subject.references:
        call = reference.parts[0] if reference.name == "input" and reference.parts else None
        if not isinstance(call, nodes.MethodCall) or call.name != "params" or len(call.arguments) != 1:
            continue
        argument = call.arguments[0]
        name = argument.value if isinstance(argument, nodes.StringLiteral) else None
        if (
            name is None
            or name in places
            or any(name.lower() == each.lower() and place == "header" for each, place in places.items())
        ):
            continue
        near = next((each for each in places if each.lower() == name.lower()), None)
        near = near or next(iter(get_close_matches(name, places, 1, 0.85)), None)
        if near:
            yield Problem(
                f"the method declares no parameter {name!r}", argument.span, f"did you mean {near!r} (in the {places[near]})?"
            )


RULE = Rule(code="U203", name="undeclared-parameter", severity=Severity.WARNING, check=check)
