"""The grid: every public method of the supported classes, called with every kind of argument.

The methods come from methods.json, which lists what Java itself has, so that a method that the engine lacks is met too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from itertools import chain

from tests.differential.cases import Tree
from tests.differential.describe import TABLE
from tests.differential.pen import Pen

RECEIVERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "String": ("java.lang.String", ("$s", "$s", "$s2", "$num", "$e")),
    "Integer": ("java.lang.Integer", ("$a", "$b", "$z")),
    "Long": ("java.lang.Long", ("$big", "$a.longValue()")),
    "Short": ("java.lang.Short", ("$b.shortValue()",)),
    "Byte": ("java.lang.Byte", ("$b.byteValue()",)),
    "Double": ("java.lang.Double", ("$d", "$d2")),
    "Float": ("java.lang.Float", ("$d.floatValue()",)),
    "Boolean": ("java.lang.Boolean", ("$t", "$f")),
    "Character": ("java.lang.Character", ("$num.charAt(0)",)),
    "BigDecimal": ("java.math.BigDecimal", ("$dec",)),
    "BigInteger": ("java.math.BigInteger", ("$huge",)),
    "ArrayList": ("java.util.ArrayList", ("$l", "$ls", "$ll", "$le")),
    "SubList": ("java.util.List", ("$ls.subList(0, 1)",)),
    "FixedList": ("java.util.List", ("$l.of(1, 'a')", "$ls.copyOf($ls)")),
    "Array": ("java.util.List", ("$s.split('l')", "$s.toCharArray()", "$ls.toArray()")),
    "LinkedHashMap": ("java.util.LinkedHashMap", ("$m", "$m2", "$me")),
    "HashMap": ("java.util.HashMap", ("$hash",)),
    "KeySet": ("java.util.Set", ("$m.keySet()",)),
    "EntrySet": ("java.util.Set", ("$m.entrySet()",)),
    "Values": ("java.util.Collection", ("$m.values()",)),
    "Entry": ("java.util.Map$Entry", ("$m.entrySet().iterator().next()",)),
    "Iterator": ("java.util.Iterator", ("$l.iterator()", "$m.keySet().iterator()", "$m.values().iterator()")),
    "ListIterator": ("java.util.ListIterator", ("$ls.listIterator()", "$ls.listIterator(1)")),
}
HOSTED_RECEIVERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **RECEIVERS,
    "JSONArray": ("java.util.ArrayList", ("$input.path('$.l')",)),
    "JsonMap": ("java.util.LinkedHashMap", ("$input.path('$')", "$input.path('$.o')")),
    "ContextMap": ("java.util.HashMap", ("$context", "$context.identity", "$context.requestOverride.header")),
    "HeaderMap": ("java.util.TreeMap", ("$input.params().header",)),
}
ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "zero": ("0",),
    "one": ("1",),
    "negative": ("-1",),
    "int": ("2", "3", "10", "$a"),
    "large": ("2147483647", "-2147483648", "100"),
    "long": ("$big", "2147483648", "$a.longValue()"),
    "BigInteger": ("$huge", "99999999999999999999"),
    "double": ("1.5", "$d", "0.0"),
    "BigDecimal": ("$dec",),
    "float": ("$d.floatValue()",),
    "short": ("$b.shortValue()",),
    "byte": ("$b.byteValue()",),
    "char": ("$num.charAt(0)", "$s.charAt(1)"),
    "string": ("'l'", "'k'", "'Hello'", "$s", '"x$a"', "'a,b'", "'zz'", "'%s'", "'UTF-8'", "'HELLO'"),
    "empty": ("''", "$e"),
    "number text": ("'42'", "'-7'", "'3.14'", "'ff'", "'0x1F'", "'12345678901'", "' 1'", "'1e3'", "$num"),
    "pattern": ("'[a-z]+'", "','", "'.'", "'l*'", "'(l)'", "'['", "'\\\\'", "'$'", "'$1'"),
    "boolean": ("true", "false", "$f"),
    "null": ("$n",),
    "undefined": ("$u",),
    "list": ("$l", "['a', 1]", "[]", "$ls", "[1..3]"),
    "map": ("$m", "{'k': 1}", "{}"),
    "set": ("$m.keySet()", "$m.entrySet()"),
    "array": ("$s.split('l')", "$ls.toArray()", "$s.toCharArray()", "$s.getBytes()"),
    "entry": ("$m.entrySet().iterator().next()",),
}
SUITABLE: Mapping[str, tuple[str, ...]] = {
    "int": ("zero", "one", "int", "negative", "short", "byte", "large"),
    "short": ("short", "byte"),
    "byte": ("byte",),
    "long": ("long", "int", "one"),
    "char": ("char",),
    "double": ("double", "float", "int"),
    "float": ("float", "int"),
    "boolean": ("boolean",),
    "java.lang.String": ("string", "string", "empty", "number text", "pattern"),
    "java.lang.CharSequence": ("string", "empty"),
    "java.lang.Object": ("string", "int", "list", "map", "double", "boolean", "null", "long", "BigInteger", "array", "char"),
    "java.lang.Integer": ("int", "zero"),
    "java.lang.Long": ("long",),
    "java.lang.Double": ("double",),
    "java.lang.Float": ("float",),
    "java.lang.Short": ("short",),
    "java.lang.Byte": ("byte",),
    "java.lang.Boolean": ("boolean",),
    "java.lang.Character": ("char",),
    "java.math.BigDecimal": ("BigDecimal",),
    "java.math.BigInteger": ("BigInteger",),
    "java.util.Collection": ("list", "set", "list"),
    "java.lang.Iterable": ("list", "set"),
    "java.util.Map": ("map",),
    "java.util.Map$Entry": ("entry",),
    "char[]": ("array",),
    "byte[]": ("array",),
    "java.lang.Object[]": ("string", "array", "int", "list"),
    "java.lang.CharSequence[]": ("string", "array"),
}
EXPENSIVE = {
    "pow",
    "shiftLeft",
    "setBit",
    "flipBit",
    "clearBit",
    "repeat",
    "ensureCapacity",
    "setScale",
    "scaleByPowerOfTen",
    "indent",
} | {
    "movePointLeft",
    "movePointRight",
    "nextProbablePrime",
    "probablePrime",
    "isProbablePrime",
    "modPow",
    "modInverse",
    "shiftRight",
    "sqrt",
}
"""Methods that a large number keeps busy for long."""
NAVIGABLE = ("descendingKeySet", "descendingMap", "headMap", "navigableKeySet", "subMap", "tailMap")
"""Views of a NavigableMap, which are not supported: a documented difference."""
LEFT_OUT = {
    ("Array", "hashCode"),
    ("Array", "toString"),
    *(("HeaderMap", name) for name in NAVIGABLE),
    *((label, "hashCode") for label in ("Iterator", "ListIterator", "Values")),
    *((label, name) for label in ("KeySet", "EntrySet") for name in ("of", "copyOf")),
}
"""What differs from run to run: identity hashes, and the order of immutable sets, which Java shuffles on purpose."""
CHARACTER = {"charValue", "compareTo", "equals", "hashCode", "toString", "compare", "valueOf"}
"""Of Character's methods only the basic ones are supported: a documented difference."""


@cache
def table() -> Mapping[str, Mapping[str, list[list[str]]]]:
    """methods.json."""
    loaded: Mapping[str, Mapping[str, list[list[str]]]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return loaded


@cache
def cells(dialect: str) -> tuple[tuple[str, str], ...]:
    """Every receiver and method name."""
    receivers = HOSTED_RECEIVERS if dialect == "apigateway" else RECEIVERS
    every = ((label, name) for label, (owner, _) in receivers.items() for name in table()[owner])
    return tuple(cell for cell in every if cell not in LEFT_OUT and (cell[0] != "Character" or cell[1] in CHARACTER))


def calls(pen: Pen, number: int) -> Tree:
    """A template of one to three calls; `number` walks through the cells, so that each has its turn."""
    every = cells(pen.dialect)
    pen.mark("grid")
    out: list[Tree] = [_prelude(pen)]
    for turn in range(pen.weighted(((5, 1), (2, 2), (1, 3)))):
        label, name = every[(number * 7 + turn * 131) % len(every)] if turn == 0 else pen.pick(every)
        out.append(one_call(pen, label, name))
    return tuple(out)


def _prelude(pen: Pen) -> Tree:
    return "#set($q = {'b': 1, 'a': [1]})" if pen.chance(0.2) else ""


def one_call(pen: Pen, label: str, name: str) -> Tree:
    """A call, its result, the class of that, and what has become of the receiver."""
    owner, choices = (HOSTED_RECEIVERS if pen.hosted else RECEIVERS)[label]
    receiver = pen.pick(choices)
    kinds = _argument_kinds(pen, table()[owner][name])
    if name in EXPENSIVE:
        kinds = tuple("int" if kind in ("large", "long", "BigInteger") else kind for kind in kinds)
    if label in ("HashMap", "ContextMap"):  # an array has an identity hash: as a key its place would change from run to run
        kinds = tuple("string" if kind == "array" else kind for kind in kinds)
    pen.mark(f"grid:{label}.{name}({', '.join(kinds)})", *(f"cell:{label}.{name}({kind})" for kind in kinds or ("",)))
    arguments = ", ".join(pen.pick(ARGUMENTS[kind]) for kind in kinds)
    set_up = ""
    if not receiver[1:].isalnum():
        set_up, receiver = f"#set($o = {receiver})", "$o"
    call = f"{receiver}.{name}({arguments})"
    style = pen.number(0, 9)
    if style < 5:
        tail: Tree = (
            f"#set($r = {call})",
            "[$!r]",
            "" if pen.hosted else "$!r.class.name",
            pen.pick(("", " $!r.size()", "#foreach($x in $r)<$!x>#end")),
        )
    elif style < 8:
        tail = (f"[{call}]",)
    else:
        tail = (f"#if({call} == {pen.pick(tuple(chain.from_iterable(ARGUMENTS.values())))})T#{{else}}F#end",)
    return (set_up, tail, f" $!{receiver[1:]};" if pen.chance(0.6) else ";")


def _argument_kinds(pen: Pen, overloads: list[list[str]]) -> tuple[str, ...]:
    """Kinds of arguments: mostly those of an overload, with one of another kind or one too many now and then."""
    parameters = pen.pick(overloads)
    every = tuple(ARGUMENTS)
    kinds = [pen.pick(SUITABLE.get(parameter, ("null", "undefined"))) for parameter in parameters]
    if parameters and parameters[-1].endswith("[]") and pen.chance(0.4):
        kinds[-1:] = [pen.pick(SUITABLE.get(parameters[-1], every)) for _ in range(pen.number(0, 3))]
    roll = pen.number(0, 99)
    if roll < 30 and kinds:
        kinds[pen.number(0, len(kinds) - 1)] = pen.pick(every)
    elif roll < 36:
        kinds.append(pen.pick(every))
    elif roll < 40 and kinds:
        kinds.pop()
    return tuple(kinds)
