"""Which resource of a stack a property means: the logical id in a `Ref`, a `Fn::GetAtt` or a `Fn::Sub`."""

from __future__ import annotations

import re

from vtl.loaders.intrinsics import function_of
from vtl.loaders.nodes import Node
from vtl.loaders.reading import Fields

_SUB_NAME = re.compile(r"\$\{([A-Za-z0-9]+)[^}]*\}")


def name_in(node: Node) -> str:
    """The logical id that a node refers to, or its own text."""
    found = function_of(node)
    if found is None:
        return str(node.text) if node.is_scalar else ""
    name, argument = found
    if name == "Fn::If" and argument.is_list and len(argument.value) == 3:
        return name_in(argument.value[1])
    if argument.is_list:
        argument = argument.value[-1 if name == "Fn::Join" else 0] if argument.value else argument
        if name == "Fn::Join":
            return next((name_in(part) for part in argument.children() if function_of(part)), "")
    if not argument.is_scalar:
        return ""
    text = str(argument.value)
    if name == "Fn::Sub":
        inside = _SUB_NAME.search(text)
        return inside.group(1) if inside else text
    return text.partition(".")[0]


def referred(fields: Fields, *names: str) -> str:
    """The logical id under one of the keys, "" when it is missing."""
    name = fields.name(*names)
    return name_in(fields.node.value[name]) if name else ""
