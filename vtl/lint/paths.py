"""The paths that a template gives to $input.path and $input.json, where they are written out."""

from __future__ import annotations

from vtl.lang import nodes


def literal_path(reference: nodes.Reference) -> tuple[str, nodes.MethodCall] | None:
    """The path that a reference gives to $input.path or $input.json, when it is written out; else None."""
    call = reference.parts[0] if reference.name == "input" and reference.parts else None
    if not isinstance(call, nodes.MethodCall) or call.name not in ("path", "json") or len(call.arguments) != 1:
        return None
    argument = call.arguments[0]
    if isinstance(argument, nodes.StringLiteral):
        return argument.value, call
    if isinstance(argument, nodes.InterpolatedString):
        pieces = argument.body.children
        if all(isinstance(each, nodes.Text) for each in pieces):
            text = "".join(each.text for each in pieces if isinstance(each, nodes.Text))
            return (text[:-1] if argument.cut or text.endswith('"') else text), call
    return None
