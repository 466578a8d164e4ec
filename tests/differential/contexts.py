"""Random contexts and requests: the names that templates use, by the kind of their value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from tests.differential.cases import to_json

INTEGERS = (0, 1, 2, 3, -1, 7, 10, -17, 42, 100, 255, 2147483647, -2147483648)
LONGS = (12345678901, -9876543210, 2147483648, 9223372036854775807, -9223372036854775808)
BIGS = (9223372036854775808, 123456789012345678901234567890, -99999999999999999999)
DOUBLES = (0.0, -0.0, 1.5, -2.25, 0.1, 100.0, 1e7, 12345678.9, 0.001, 0.0001, 1e21, 3.0, 1e-5, 1234567.0, 1e100)
DECIMALS = ("1.000000000000000000001", "-0.123456789012345678901", "100000000000000000000.50", "1.10000000000000000000000")
JAVA_CLASSES = (
    "Byte",
    "Short",
    "Long",
    "Float",
    "Double",
    "BigInteger",
    "BigDecimal",
    "Character",
    "String[]",
    "char[]",
    "HashMap",
)
TEMPLATES = (
    "$a-$s",
    "#set($x = 5)$x",
    "#foreach($i in $l)$i#end",
    "#if($t)T#{else}F#end",
    "plain",
    "#stop x",
    "a#break b",
    "$u ",
    "$a ## c",
    "#set($a = 9)",
    "#macro(late $p)<$p>#end#late(1)",
    "#end",
)
STRINGS = (
    "Hello",
    "a,b,,c,,",
    "",
    " pad ",
    "42",
    "-7",
    "3.14",
    "true",
    "x",
    "aXbXc",
    "line\nbreak",
    'say "hi"',
    "it's",
    "$a #if",
    "ÄÖü é",
    "日本",
    "a😀b",
    "tab\there",
    "a.b.c",
    "1e3",
    "<a href='/x'>&amp;</a>",
    "back\\slash",
    "null",
    "AbC",
)
KEYS = ("k", "x-y", "name", "size", "empty", "zz", "B", "a b", "class2", "0", "é", "get", "id", "Content-Type", "k1", "k2")

NAMES: Mapping[str, tuple[str, ...]] = {
    "int": ("a", "b", "z"),
    "long": ("big",),
    "huge": ("huge",),
    "double": ("d", "d2"),
    "decimal": ("dec",),
    "string": ("s", "s2", "e", "num", "hy-phen"),
    "bool": ("t", "f"),
    "list": ("l", "ls", "le", "ll"),
    "map": ("m", "m2", "me"),
    "null": ("n",),
    "undefined": ("u", "nope"),
    "template": ("tpl",),
    "java": ("j1", "j2"),
}
"""The variables of a plain context, by kind."""

HOSTED_NAMES: Mapping[str, tuple[str, ...]] = {
    **NAMES,
    "json": ("input.path('$')", "input.path('$.o')", "input.path('$.l[0]')", "input.path('$.l')", "input.path('$.s')"),
    "context": ("context", "context.identity", "context.authorizer", "context.requestOverride", "context.stage"),
    "params": ("input.params()", "input.params().header", "input.params().path", "stageVariables"),
}


def scalar(rng: Random) -> object:
    """A random scalar, null among them."""
    roll = rng.random()
    if roll < 0.35:
        return rng.choice(STRINGS)
    if roll < 0.65:
        return rng.choice(INTEGERS) if rng.random() < 0.6 else rng.randint(-20, 20)
    if roll < 0.72:
        return rng.choice(LONGS)
    if roll < 0.76:
        return rng.choice(BIGS)
    if roll < 0.86:
        return double(rng)
    if roll < 0.88:
        return Decimal(rng.choice(DECIMALS))
    if roll < 0.96:
        return rng.random() < 0.5
    return None


def double(rng: Random) -> float:
    """A Double whose shortest text has at most 18 characters: longer ones would become BigDecimals on the Java side."""
    value = rng.choice(DOUBLES) if rng.random() < 0.5 else round(rng.uniform(-1000, 1000), rng.randint(0, 6))
    return value if len(repr(value)) <= 18 else 0.5


def value(rng: Random, depth: int = 2) -> object:
    """A random JSON value."""
    roll = rng.random()
    if depth <= 0 or roll < 0.6:
        return scalar(rng)
    if roll < 0.8:
        return [value(rng, depth - 1) for _ in range(rng.randint(0, 4))]
    return mapping(rng, depth - 1)


def mapping(rng: Random, depth: int = 1) -> dict[str, object]:
    """A random JSON object."""
    return {rng.choice(KEYS): value(rng, depth) for _ in range(rng.randint(0, 5))}


def java_value(rng: Random, hosted: bool) -> object:
    """A value of a Java class that JSON has no word for; a hosted template gets no HashMap but in $context."""
    kind = rng.choice(JAVA_CLASSES[: -1 if hosted else None])
    of: object = rng.randint(-100, 100)
    if kind == "Float":
        of = rng.choice((0.5, 1.1, -3.0, 1e10, 16777216.0, 0.1, 3.4e38, 1e-10))
    elif kind == "Double":
        of = rng.choice(("NaN", "Infinity", "-Infinity", "1.0E-320", "123456789.125", "4.35"))
    elif kind == "BigDecimal":
        of = rng.choice(("1.10", "1E+3", "0.00", "-12.3456", "1E-10", "100", "0E-9"))
    elif kind == "Character":
        of = rng.choice(("a", "Z", "0", " ", "é", "$"))
    elif kind == "String[]":
        of = [rng.choice(STRINGS) for _ in range(rng.randint(0, 4))]
    elif kind == "char[]":
        of = rng.choice(("abc", "", "x"))
    elif kind == "HashMap":
        of = {f"{rng.choice(KEYS)}{rng.choice(('', '1', '22', 'q'))}": scalar(rng) for _ in range(rng.randint(0, 20))}
    return {"@java": kind, "of": of}


def plain_context(rng: Random, hosted: bool) -> dict[str, object]:
    """The variables of NAMES, each of its kind."""
    strings = list(STRINGS)
    rng.shuffle(strings)
    return {
        "a": rng.choice(INTEGERS[:6]),
        "b": rng.choice(INTEGERS),
        "z": 0,
        "big": rng.choice(LONGS),
        "huge": rng.choice(BIGS),
        "d": double(rng),
        "d2": double(rng),
        "dec": Decimal(rng.choice(DECIMALS)),
        "s": rng.choice(("Hello", "Hello", strings[0])),
        "s2": strings[1],
        "e": "",
        "num": rng.choice(("42", "-7", "3.14", "007")),
        "hy-phen": strings[2],
        "t": True,
        "f": False,
        "l": rng.choice(([1, 2, 3], [value(rng, 1) for _ in range(rng.randint(0, 5))])),
        "ls": [rng.choice(STRINGS) for _ in range(rng.randint(1, 4))],
        "le": [],
        "ll": [[scalar(rng) for _ in range(rng.randint(0, 3))] for _ in range(rng.randint(1, 3))],
        "m": {"k": "v", "x-y": 1, "n": {"x": 5, "l": [1, {"y": 2}]}, **mapping(rng)},
        "m2": mapping(rng, 2),
        "me": {},
        "n": None,
        "tpl": rng.choice(TEMPLATES),
        "hash": mapping(rng) if hosted else {"@java": "HashMap", "of": mapping(rng)},
        "j1": java_value(rng, hosted),
        "j2": java_value(rng, hosted),
    }


def gateway(rng: Random) -> dict[str, object]:
    """A request to API Gateway: body, parameters, $context and stage variables."""
    body = {"s": rng.choice(STRINGS), "i": rng.choice(INTEGERS), "l": [value(rng, 2) for _ in range(rng.randint(0, 4))]}
    body |= {"o": mapping(rng, 2), "d": double(rng), "n": None, "b": rng.random() < 0.5, "x-y": scalar(rng)}
    authorizer = {"principalId": "user", "claims": {rng.choice(KEYS): "c" for _ in range(3)}} | (
        {"n": 5} if rng.random() < 0.5 else {}
    )
    return {
        "body": rng.choice(("", "[1, 2]", '"text"', "not json"))
        if rng.random() < 0.1
        else to_json(body, ascii_only=rng.random() < 0.3),
        "params": {
            "path": {"id": "42", "proxy": "a/b"} if rng.random() < 0.7 else {},
            "querystring": {rng.choice(("q", "limit", "id", "é")): rng.choice(STRINGS) for _ in range(rng.randint(0, 3))},
            "header": {
                rng.choice(("Accept", "x-api-key", "Host", "B", "a", "Content-Type")): rng.choice(STRINGS) for _ in range(3)
            },
        },
        "context": {
            "stage": "test",
            "httpMethod": rng.choice(("GET", "POST")),
            "requestId": "r-1",
            "identity": {"sourceIp": "1.2.3.4", "userAgent": rng.choice(STRINGS), "caller": None},
            "authorizer": authorizer,
        },
        "stageVariables": {rng.choice(("url", "fn", "x-y", "zz")): rng.choice(STRINGS) for _ in range(rng.randint(0, 3))},
    }
