"""What the compiler must know of a whole tree before it writes a line: who assigns what, and how far names reach.

Most templates can keep their variables in Python's own variables ("static"). Velocity's macros look names up by name in the
contexts of their callers, and #evaluate and #parse bring names that nobody knows before; where that matters, the template
is compiled with real context objects instead ("dynamic"), which follow Velocity's classes one to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vtl.dialect import Dialect
from vtl.lang import nodes
from vtl.lang.visitor import children, walk

LOOP_VALUES = frozenset({"index", "count", "hasNext", "first", "last"})
LOOP_NAMES = ("foreach", "velocityCount", "velocityHasNext")
HARMLESS_METHODS = frozenset(
    [
        "get",
        "size",
        "length",
        "isEmpty",
        "contains",
        "containsKey",
        "containsValue",
        "keySet",
        "values",
        "entrySet",
        "getKey",
        "getValue",
        "toString",
        "equals",
        "substring",
        "replace",
        "replaceAll",
        "replaceFirst",
        "trim",
        "toLowerCase",
        "toUpperCase",
        "indexOf",
        "lastIndexOf",
        "startsWith",
        "endsWith",
        "matches",
        "split",
        "charAt",
        "concat",
        "equalsIgnoreCase",
        "intValue",
        "longValue",
        "doubleValue",
        "parseInt",
        "format",
        "valueOf",
        "hashCode",
        "path",
        "json",
        "params",
        "escapeJavaScript",
        "parseJson",
        "urlEncode",
        "urlDecode",
        "base64Encode",
        "base64Decode",
    ]
)
"""Methods that change no collection; in a loop's body others make it look for changes of what it walks over."""
_ASSIGNING = (nodes.Set, nodes.Foreach, nodes.Define, nodes.MacroCall, nodes.Evaluate, nodes.Parse)


@dataclass(frozen=True, slots=True)
class Facts:
    """See the fields."""

    names: tuple[str, ...]
    """Variables that are read or written anywhere, in order of appearance."""
    macros: dict[str, nodes.Macro]
    """Macros by name; the definition of a name that ends first is the one that counts."""
    dynamic: bool
    """Whether context objects are needed."""
    kept: frozenset[str]
    """Those of $foreach, $velocityCount and $velocityHasNext that must be real variables: read where no loop is seen."""
    blocks: bool
    """Whether #define (or a macro's body) makes values that render themselves."""
    streaming: bool
    """Whether such a block may #stop, or break a loop around it: what it printed before must not be lost."""
    unstable: bool
    """Whether evaluating an expression can assign a variable."""
    scoped_breaks: bool
    """Whether a #break names its loop."""
    thunk_breaks: bool
    """Whether evaluating a macro's argument can #break."""
    changing: bool
    """Whether anything may change a collection."""
    invalid: nodes.Invalid | None
    """What makes every render fail before it begins."""


def gather(tree: nodes.Template, dialect: Dialect) -> Facts:
    """The facts of one template."""
    everything = list(walk(tree))
    macros: dict[str, nodes.Macro] = {}
    if dialect.inline_macros:
        found = [node for node in everything if isinstance(node, nodes.Macro)]
        for macro in sorted(found, key=lambda node: node.span.end):
            macros.setdefault(macro.name, macro)
    strings = [node for node in everything if isinstance(node, nodes.InterpolatedString)]
    bodies: list[nodes.Block] = [node.body for node in everything if isinstance(node, nodes.Define)]
    calls = [node for node in everything if isinstance(node, nodes.MacroCall)]
    bodies += [node.body for node in calls if node.body is not None]
    breaks = [node for node in everything if isinstance(node, nodes.Break)]
    arguments = [argument for call in calls for argument in call.arguments]
    return Facts(
        names=tuple(dict.fromkeys(_names(everything))),
        macros=macros,
        dynamic=_is_dynamic(tree, everything, macros),
        kept=_kept(tree),
        blocks=bool(bodies),
        streaming=(bool(bodies) and _contains([*bodies, *macros.values()], nodes.Stop, nodes.Evaluate, nodes.Parse))
        or any(isinstance(node, nodes.Break) and node.scope is not None for body in bodies for node in walk(body)),
        unstable=_contains(strings, *_ASSIGNING) or _contains(bodies, *_ASSIGNING),
        scoped_breaks=any(node.scope is not None for node in breaks),
        thunk_breaks=_contains(arguments, nodes.Break),
        changing=any(map(is_changing, everything)),
        invalid=next((node for node in everything if isinstance(node, nodes.Invalid)), None),
    )


def is_changing(node: nodes.Node) -> bool:
    """Whether the node may change a collection, or runs text that nobody has seen."""
    if isinstance(node, nodes.MethodCall):
        return node.name not in HARMLESS_METHODS
    return isinstance(node, nodes.Evaluate | nodes.Parse) or (isinstance(node, nodes.Set) and bool(node.target.parts))


def _contains(roots: Iterable[nodes.Node], *kinds: type) -> bool:
    return any(isinstance(node, kinds) for root in roots for node in walk(root))


def _names(everything: Iterable[nodes.Node]) -> Iterator[str]:
    for node in everything:
        if isinstance(node, nodes.Reference):
            yield node.name
        elif isinstance(node, nodes.Foreach):
            yield node.variable
        elif isinstance(node, nodes.Define):
            yield node.name


def plain_target(node: nodes.Set) -> bool:
    """Whether a #set writes a variable, and one that a reference can read: `#set($!x = 1)` writes one named `!x`."""
    target = node.target
    return not target.parts and not target.quiet and not target.formal and target.computable


def assigned(root: nodes.Node) -> set[str]:
    """Variables that something below `root` assigns."""
    found: set[str] = set()
    for node in walk(root):
        if isinstance(node, nodes.Set) and plain_target(node):
            found.add(node.target.name)
        elif isinstance(node, nodes.Foreach):
            found.update((node.variable, *LOOP_NAMES))
        elif isinstance(node, nodes.Define):
            found.add(node.name)
    return found


def _is_dynamic(tree: nodes.Template, everything: list[nodes.Node], macros: dict[str, nodes.Macro]) -> bool:
    if any(isinstance(node, nodes.Evaluate | nodes.Parse) for node in everything):
        return True
    if _overwrites_its_loop(everything):
        return True
    return bool(macros) and not _static_macros(tree, everything, macros)


def _overwrites_its_loop(everything: list[nodes.Node]) -> bool:
    """Whether a loop's variable is assigned inside the loop: then a null item hides it, whatever is assigned."""
    loops = [node for node in everything if isinstance(node, nodes.Foreach)]
    if any(node.variable in LOOP_NAMES or node.variable in assigned(node.body) for node in loops):
        return True
    elsewhere: set[str] = set()
    for node in everything:
        if isinstance(node, nodes.Macro):
            elsewhere |= {each.target.name for each in walk(node.body) if isinstance(each, nodes.Set) and plain_target(each)}
        elif isinstance(node, nodes.Define) or (isinstance(node, nodes.MacroCall) and node.body is not None):
            elsewhere |= assigned(node.body or node)
    return any(node.variable in elsewhere for node in loops)


def _static_macros(tree: nodes.Template, everything: list[nodes.Node], macros: dict[str, nodes.Macro]) -> bool:
    """Whether each parameter is read only in its own macro, never assigned, and always given."""
    parameters = {name for macro in macros.values() for name in macro.parameters}
    if parameters & assigned(tree) or "bodyContent" in parameters or len(macros) != _count(everything, nodes.Macro):
        return False
    for node in everything:
        if isinstance(node, nodes.MacroCall) and node.name in macros:
            given = len(node.arguments) >= len(macros[node.name].parameters)
            if node.body is not None or not given or not all(map(_is_tame, node.arguments)):
                return False
        elif isinstance(node, nodes.Define):
            if _contains((node.body,), *_ASSIGNING) or parameters & _read(node.body):
                return False
        elif isinstance(node, nodes.Macro) and _reaches_out(node, parameters):
            return False
    return True


def _count(everything: list[nodes.Node], kind: type) -> int:
    return sum(isinstance(node, kind) for node in everything)


def _reaches_out(macro: nodes.Macro, parameters: set[str]) -> bool:
    """Whether it reads parameters of other macros, has one twice, or holds blocks of its own."""
    twice = len(set(macro.parameters)) < len(macro.parameters)
    foreign = (_read(macro.body) & parameters) - set(macro.parameters)
    return twice or bool(foreign) or _contains((macro.body,), nodes.Macro, nodes.Define)


def _is_tame(argument: nodes.Expression) -> bool:
    return not isinstance(argument, nodes.Word) and not _contains((argument,), *_ASSIGNING, nodes.Break, nodes.Macro)


def _read(root: nodes.Node) -> set[str]:
    return {node.name for node in walk(root) if isinstance(node, nodes.Reference)}


def lexical_loop_value(reference: nodes.Reference) -> str | None:
    """`index`, `count`, ... when the reference is `$foreach.index` or the like, so that a seen loop can answer it."""
    if reference.name == "velocityCount" and not reference.parts:
        return "count"
    if reference.name == "velocityHasNext" and not reference.parts:
        return "hasNext"
    if reference.name == "foreach" and len(reference.parts) == 1:
        part = reference.parts[0]
        if isinstance(part, nodes.Property) and part.name in LOOP_VALUES:
            return part.name
    return None


def _mentions_loops(tree: nodes.Template, assigned_names: set[str]) -> bool:
    loop_names = frozenset(LOOP_NAMES)
    return bool(assigned_names & loop_names) or any(
        isinstance(node, nodes.Reference) and node.name in loop_names for node in walk(tree)
    )


def _kept(tree: nodes.Template) -> frozenset[str]:
    """Loop names that are assigned, used whole, or used where no loop stands around in the same function."""
    kept = {
        node.target.name if isinstance(node, nodes.Set) else node.name if isinstance(node, nodes.Define) else node.variable
        for node in walk(tree)
        if isinstance(node, nodes.Set | nodes.Define | nodes.Foreach)
    }
    if not _mentions_loops(tree, kept):
        return frozenset()
    stack: list[tuple[nodes.Node, bool]] = [(tree, False)]
    while stack:
        node, in_loop = stack.pop()
        if isinstance(node, nodes.Reference) and not (in_loop and lexical_loop_value(node)):
            kept.add(node.name)
        if isinstance(node, nodes.Foreach):
            stack.append((node.body, True))
            if node.source is not None:
                stack.append((node.source, in_loop))
            continue
        inside = in_loop and not isinstance(node, nodes.Macro | nodes.Define | nodes.MacroCall)
        stack.extend((child, inside) for child in children(node))
    return frozenset(kept & set(LOOP_NAMES))
