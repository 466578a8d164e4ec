"""References of every shape, and method calls that suit the kind of value before them."""

from __future__ import annotations

from collections.abc import Mapping

from tests.differential import expressions
from tests.differential.cases import Tree, join
from tests.differential.contexts import HOSTED_NAMES, NAMES
from tests.differential.pen import Pen

Step = tuple[str, str]
"""What follows a value in a reference, `{i}`, `{s}`... standing for arguments, and the kind of its result."""

STEPS: Mapping[str, tuple[Step, ...]] = {
    "string": (
        (".length()", "int"),
        (".substring({i})", "string"),
        (".substring({i}, {i})", "string"),
        (".toUpperCase()", "string"),
        (".toLowerCase()", "string"),
        (".trim()", "string"),
        (".concat({s})", "string"),
        (".replace({s}, {s})", "string"),
        (".replaceAll({r}, {s})", "string"),
        (".replaceFirst({r}, {s})", "string"),
        (".split({r})", "array"),
        (".split({r}, {i})", "array"),
        (".indexOf({s})", "int"),
        (".indexOf({s}, {i})", "int"),
        (".lastIndexOf({s})", "int"),
        (".contains({s})", "bool"),
        (".startsWith({s})", "bool"),
        (".endsWith({s})", "bool"),
        (".matches({r})", "bool"),
        (".equals({o})", "bool"),
        (".equalsIgnoreCase({s})", "bool"),
        (".compareTo({s})", "int"),
        (".isEmpty()", "bool"),
        (".empty", "bool"),
        (".charAt({i})", "java"),
        (".hashCode()", "int"),
        (".toString()", "string"),
        (".repeat({i})", "string"),
        (".format({s}, {o})", "string"),
        (".valueOf({o})", "string"),
        (".toCharArray()", "array"),
        (".strip()", "string"),
        (".isBlank()", "bool"),
        (".bytes", "array"),
        (".length", "undefined"),
    ),
    "int": (
        (".toString()", "string"),
        (".intValue()", "int"),
        (".longValue()", "long"),
        (".doubleValue()", "double"),
        (".floatValue()", "java"),
        (".byteValue()", "java"),
        (".shortValue()", "java"),
        (".equals({o})", "bool"),
        (".compareTo({i})", "int"),
        (".hashCode()", "int"),
        (".parseInt({n})", "int"),
        (".valueOf({n})", "int"),
        (".toBinaryString({i})", "string"),
        (".toHexString({i})", "string"),
        (".max({i}, {i})", "int"),
        (".MAX_VALUE", "undefined"),
    ),
    "double": (
        (".toString()", "string"),
        (".intValue()", "int"),
        (".longValue()", "long"),
        (".isNaN()", "bool"),
        (".compareTo({d})", "int"),
        (".equals({o})", "bool"),
        (".parseDouble({n})", "double"),
        (".infinite", "bool"),
        (".hashCode()", "int"),
    ),
    "decimal": (
        (".add({dec})", "decimal"),
        (".multiply({dec})", "decimal"),
        (".scale()", "int"),
        (".setScale({i}, {i})", "decimal"),
        (".negate()", "decimal"),
        (".toPlainString()", "string"),
        (".intValue()", "int"),
        (".doubleValue()", "double"),
        (".compareTo({dec})", "int"),
    ),
    "huge": (
        (".add({huge})", "huge"),
        (".mod({huge})", "huge"),
        (".negate()", "huge"),
        (".bitLength()", "int"),
        (".intValue()", "int"),
        (".toString({i})", "string"),
        (".pow({i})", "huge"),
    ),
    "bool": ((".toString()", "string"), (".equals({o})", "bool"), (".booleanValue()", "bool"), (".hashCode()", "int")),
    "list": (
        (".size()", "int"),
        (".get({i})", "any"),
        ("[{i}]", "any"),
        ("[{x}]", "any"),
        (".isEmpty()", "bool"),
        (".empty", "bool"),
        (".contains({o})", "bool"),
        (".indexOf({o})", "int"),
        (".add({o})", "bool"),
        (".add({i}, {o})", "string"),
        (".set({i}, {o})", "any"),
        (".remove({i})", "any"),
        (".remove({o})", "any"),
        (".addAll({l})", "bool"),
        (".removeAll({l})", "bool"),
        (".retainAll({l})", "bool"),
        (".containsAll({l})", "bool"),
        (".subList({i}, {i})", "list"),
        (".clear()", "string"),
        (".equals({l})", "bool"),
        (".hashCode()", "int"),
        (".toString()", "string"),
        (".toArray()", "array"),
        (".iterator().next()", "any"),
        (".listIterator().hasNext()", "bool"),
        (".clone()", "list"),
        (".size", "undefined"),
    ),
    "java": (
        (".toString()", "end"),
        (".equals({o})", "bool"),
        (".compareTo({o})", "int"),
        (".intValue()", "int"),
        (".doubleValue()", "double"),
        (".size()", "int"),
        (".get({o})", "any"),
        ("[{i}]", "any"),
        (".{w}", "any"),
    ),
    "array": (
        (".size()", "int"),
        (".get({i})", "any"),
        ("[{i}]", "any"),
        ("[{x}]", "any"),
        (".isEmpty()", "bool"),
        (".empty", "bool"),
        (".contains({o})", "bool"),
        (".indexOf({o})", "int"),
        (".set({i}, {o})", "any"),
        (".add({o})", "any"),
        (".length", "undefined"),
    ),
    "map": (
        (".size()", "int"),
        (".get({k})", "any"),
        ("[{k}]", "any"),
        (".{w}", "any"),
        (".{w}.{w}", "any"),
        (".isEmpty()", "bool"),
        (".containsKey({k})", "bool"),
        (".containsValue({o})", "bool"),
        (".put({k}, {o})", "any"),
        (".putAll({m})", "string"),
        (".putIfAbsent({k}, {o})", "any"),
        (".getOrDefault({k}, {o})", "any"),
        (".remove({k})", "any"),
        (".replace({k}, {o})", "any"),
        (".keySet()", "set"),
        (".values()", "set"),
        (".entrySet()", "set"),
        (".entrySet().iterator().next().key", "string"),
        (".keySet().toArray()", "array"),
        (".equals({m})", "bool"),
        (".hashCode()", "int"),
        (".toString()", "string"),
        (".clear()", "string"),
        (".empty", "undefined"),
        (".size", "any"),
    ),
    "set": (
        (".size()", "int"),
        (".contains({k})", "bool"),
        (".isEmpty()", "bool"),
        (".empty", "bool"),
        (".iterator().next()", "any"),
        (".remove({k})", "bool"),
        (".toString()", "string"),
        (".clear()", "string"),
    ),
}
STEPS_OF_ANY: tuple[Step, ...] = (
    (".toString()", "string"),
    (".equals({o})", "bool"),
    (".size()", "int"),
    (".length()", "int"),
    (".{w}", "any"),
    ("[{o}]", "any"),
    (".get({o})", "any"),
    (".nope()", "undefined"),
    (".nope({o})", "undefined"),
    (".Empty", "bool"),
    (".key", "any"),
    (".value", "any"),
)
WORDS = ("k", "n", "x", "name", "zz", "size", "x-y", "length", "y", "l", "Name", "get", "id", "B", "k1")
ARGUMENTS: Mapping[str, str] = {"i": "small", "s": "string", "r": "pattern", "n": "numeral", "o": "any", "l": "list", "m": "map"}


ENCODABLE = (
    "$s",
    "$s2",
    "$hy-phen",
    "$a",
    "$d",
    "$l",
    "$m",
    "$u",
    "$n",
    "'a b&c/é'",
    '"$s-$a"',
    "$input.body",
    "$input.path('$')",
    "''",
)
"""What may be encoded: values whose text is the same in every run."""


def argument(pen: Pen, place: str) -> str:
    """An argument for a placeholder of STEPS; now and then one of another kind."""
    if place in ("w", "e"):
        return pen.pick(WORDS if place == "w" else ENCODABLE)
    if pen.hazard(0.12):
        return join(expressions.primary(pen, "any"))
    if place == "k":
        return pen.pick(("'k'", "'n'", "'x-y'", "'zz'", '"k"', "$s", "$k", "'name'", "'a b'", "1", '"$e$e"'))
    if place == "x":
        return pen.pick(("-1", "0", "1", "$a", "$z", "'0'", "$foreach.index", "$big", "9"))
    if place == "d":
        return pen.pick(("$d", "1.5", "0.0", "$d2"))
    if place in ("dec", "huge"):
        return f"${place}"
    return join(expressions.primary(pen, ARGUMENTS[place]))


def filled(pen: Pen, pattern: str) -> str:
    """A step with its placeholders filled in."""
    parts = pattern.split("{")
    out = parts[0]
    for part in parts[1:]:
        place, _, rest = part.partition("}")
        out += argument(pen, place) + rest
    return out.replace(", ", pen.pick((", ", ",", " , ", " "))) if pen.chance(0.05) else out


def steps(pen: Pen, kind: str, limit: int = 3) -> tuple[list[str], str]:
    """Properties, methods and indexes after a value of that kind, and the kind of what comes out."""
    out: list[str] = []
    while len(out) < limit and kind != "end" and pen.chance(0.6 if not out else 0.25):
        choices = STEPS.get(kind, STEPS_OF_ANY)
        if pen.hazard(0.1):
            choices = STEPS_OF_ANY
        pattern, result = pen.pick(choices)
        pen.mark("node:Index" if pattern[0] == "[" else "node:MethodCall" if "(" in pattern else "node:Property")
        pen.mark(f"step:{kind}{pattern}")
        out.append(filled(pen, pattern))
        kind = result
    return out, kind


def root(pen: Pen, kind: str = "") -> tuple[str, str]:
    """A variable's name (or a call on $input) and its kind."""
    if pen.locals and pen.chance(0.3):
        return pen.pick(pen.locals), "any"
    if pen.loops and pen.chance(0.15):
        return pen.pick(LOOP_NAMES), "any"
    names = HOSTED_NAMES if pen.hosted else NAMES
    if not kind or kind not in names or pen.hazard(0.05):
        kind = pen.pick(tuple(names))
    return pen.pick(names[kind]), {"json": "any", "context": "map", "params": "map"}.get(kind, kind)


LOOP_NAMES = (
    "foreach.index",
    "foreach.count",
    "foreach.hasNext",
    "foreach.first",
    "foreach.last",
    "foreach.parent.index",
    "foreach.parent.count",
    "foreach.topmost.count",
    "foreach.parent.parent.index",
    "foreach",
    "velocityCount",
    "velocityHasNext",
    "foreach.hasNext()",
    "foreach.isFirst()",
    "foreach.info.line",
    "foreach.zz",
)


def path(pen: Pen, kind: str = "", limit: int = 3) -> str:
    """A reference without its `$`: name and steps."""
    pen.mark("node:Reference")
    name, found = root(pen, kind)
    tail, _ = steps(pen, found, limit)
    return name + "".join(tail)


def reference(pen: Pen, kind: str = "") -> str:
    """A reference as an operand or argument."""
    body = path(pen, kind, 2)
    return pen.weighted(((8, f"${body}"), (1, f"$!{body}"), (2, f"${{{body}}}"), (1, f"$!{{{body}}}")))


def printed(pen: Pen) -> Tree:
    """A reference in text, with what may stand around it."""
    kind = pen.pick(("", "string", "list", "map", "int", "double", "any", "undefined", "null", "java", "huge", "decimal"))
    body = path(pen, kind)
    before = pen.pick(("\\", "\\\\", "\\\\\\", "$", "$$", "\\$", "\\\\$", "x", "-", "#", "{", "!")) if pen.chance(0.15) else ""
    shape = pen.weighted(((8, f"${body}"), (3, f"$!{body}"), (4, f"${{{body}}}"), (2, f"$!{{{body}}}"), (0.2, f"$\\!{body}")))
    after = (
        pen.pick((" ", "|", ".", "..x", "-1", "[", " [0]", "(", " (x)", "é", "\n", '"', "_", "!", ".1", "}"))
        if pen.chance(0.4)
        else ""
    )
    if after in ("[", "(") and not pen.hazard(0.2):
        after = f" {after}"
    return (before, shape, after)


GATEWAY = (
    "input.body",
    "input.json('$')",
    "input.json('$.l')",
    "input.json('$.o')",
    'input.json("$.s")',
    "input.json('$.zz')",
    "input.json('$.d')",
    "input.json('$.n')",
    "input.path('$')",
    "input.path('$.l')",
    "input.path('$.l').size()",
    "input.path('$.l[0]')",
    "input.path('$.o.k')",
    "input.path('$.i')",
    "input.path('$.zz.y')",
    "input.path(\"$['x-y']\")",
    "input.path('$.l').add({o})",
    "input.path('$').put('k', {o})",
    "input.params()",
    "input.params('id')",
    "input.params('ACCEPT')",
    "input.params('zz')",
    "input.params({s})",
    "input.params().header.get('accept')",
    "input.params().header.keySet()",
    "input.params().querystring",
    "util.escapeJavaScript({s})",
    "util.escapeJavaScript({o})",
    "util.urlEncode({e})",
    "util.urlDecode({e})",
    "util.base64Encode({e})",
    "util.base64Decode($util.base64Encode({e}))",
    "util.parseJson($input.body)",
    "util.parseJson('[1, 2.50, \"x/y\", true]')[2]",
    "util.parseJson({s})",
    "util.nope({s})",
    "util.urlEncode({e})",
    "context.stage",
    "context.identity",
    "context.identity.sourceIp",
    "context.authorizer.principalId",
    "context.authorizer.claims.keySet()",
    "context.requestOverride.header.put('h', {o})",
    "context.requestOverride",
    "context.responseOverride.status",
    "context.zz",
    "context.put('k', {o})",
    "stageVariables.url",
    "stageVariables['x-y']",
    "stageVariables",
)


def special_reference(pen: Pen) -> Tree:
    """References to what API Gateway or the loops offer."""
    if not pen.hosted:
        return printed(pen)
    pen.mark("gateway")
    body = pen.pick(GATEWAY)
    return pen.pick(("$%s", "$%s", "$!%s", "${%s}")) % filled(pen, body)
