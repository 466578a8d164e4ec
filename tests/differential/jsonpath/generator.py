"""Random documents, and random paths that lead somewhere in them: every construct of the dialect, and slips of the pen."""

from __future__ import annotations

import json
from random import Random
from typing import Any

NAMES = ["a", "b", "c", "d", "ab", "x", "a b", "n", "length", "a-b", "é", "0"]
SCALARS: list[Any] = [0, 1, -2, 10, 1.0, 1.5, -0.5, 1e3, "", "1", "1.0", "a", "b", "ab", "A", "x y", "10", True, False, None]
ODD_SCALARS: list[Any] = [
    2**31,
    2**63,
    10**20,
    1e20,
    1e-7,
    "'a'",
    '"a"',
    "[1]",
    "{}",
    "$",
    "@.a",
    "$.a",
    "\\u0061",
    "a\\nb",
    "€",
    "𝄞",
    "a/b",
]
OPERATORS = ["==", "!=", "===", "!==", "<", "<=", ">", ">="]
WORDS = ["in", "nin", "subsetof", "anyof", "noneof", "size", "contains", "empty", "all", "IN", "Size", "exists", "type"]
FUNCTIONS = ["length", "size", "min", "max", "avg", "sum", "stddev", "concat", "keys", "first", "last", "index", "append", "foo"]
PATTERNS = [
    "/a/",
    "/.*/",
    "/[a-z]+/i",
    "/a.b/s",
    "/(a|b)/",
    "/\\d+/",
    "/A/i",
    "/a\\/b/",
    "/^a$/m",
    "/(?i)A/",
    "/a /x",
    "/[/",
    "/x.y/z",
]
TEXTS = ["a", "b", "1", "1.0", "", "ab", "x y", "a)b", "é", "[1]", "\\n", "\\u0061"]
SLIPS = " .[]()'\"*?@$,:!=<>&|~/\\-0a{}\t"


def document(random: Random, depth: int = 0) -> Any:
    """A JSON value, an object or array more often than not."""
    kind = random.random()
    if depth > 4 or (depth and kind < 0.35):
        return random.choice(ODD_SCALARS if random.random() < 0.12 else SCALARS)
    size = random.choice([0, 1, 1, 2, 2, 3, 4])
    if kind < 0.68:
        return {name: document(random, depth + 1) for name in random.sample(NAMES[:7] if random.random() < 0.8 else NAMES, size)}
    return [document(random, depth + 1) for _ in range(size)]


def _name(random: Random) -> str:
    return random.choice(NAMES[:6] if random.random() < 0.9 else NAMES)


def _follow(random: Random, value: Any) -> str:
    """A step that leads somewhere in `value`, most of the time."""
    if isinstance(value, dict) and value and random.random() < 0.8:
        name = random.choice(list(value))
        return f".{name}" if random.random() < 0.6 and " " not in name else f"['{name}']"
    if isinstance(value, list) and value and random.random() < 0.8:
        return f"[{random.randrange(-len(value), len(value))}]"
    return ""


def _into(value: Any, step: str, random: Random) -> Any:
    if isinstance(value, dict):
        name = step.strip(".[]'")
        return value.get(name, random.choice(list(value.values())) if value else None)
    if isinstance(value, list) and value:
        return random.choice(value)
    return None


def _number(random: Random) -> int:
    return random.choice([0, 0, 1, 1, 2, 3, 9, -1, -1, -2, -5])


def _brackets(random: Random) -> str:
    kind = random.random()
    if kind < 0.3:
        return f"[{_number(random)}]"
    if kind < 0.45:
        return "[" + random.choice([",", ", ", " ,"]).join(str(_number(random)) for _ in range(random.choice([2, 2, 3]))) + "]"
    if kind < 0.75:
        sides = [random.choice(["", str(_number(random))]) for _ in range(random.choice([2, 2, 2, 2, 3]))]
        return f"[{':'.join(sides)}]"
    return random.choice(["[*]", "[ * ]", "[*]", f"[ {_number(random)} ]"])


def _step(random: Random, value: Any, depth: int) -> str:
    if (step := _follow(random, value)) and random.random() < 0.75:
        return step
    kind = random.random()
    if kind < 0.18:
        return f".{_name(random)}"
    if kind < 0.3:
        quote = random.choice("'''\"")
        names = [f"{quote}{_name(random)}{quote}" for _ in range(random.choice([1, 1, 2, 2, 3]))]
        return "[" + random.choice([",", ", ", " , "]).join(names) + "]"
    if kind < 0.4:
        return random.choice([".*", "[*]", "*"])
    if kind < 0.6:
        return _brackets(random)
    if kind < 0.74:
        return ".." + random.choice(
            [
                _name(random),
                _name(random),
                "*",
                _brackets(random),
                f"['{_name(random)}']",
                f"['{_name(random)}','{_name(random)}']",
            ]
        )
    if kind < 0.93 and depth < 3:
        space = random.choice(["", "", " "])
        return f"[?({space}{_condition(random, depth + 1)}{space})]"
    return f".{_function(random, depth)}"


def _function(random: Random, depth: int) -> str:
    name = random.choice(FUNCTIONS)
    if random.random() < 0.65 or depth > 2:
        return f"{name}()"
    arguments = []
    for _ in range(random.choice([1, 1, 2, 3])):
        kind = random.random()
        if kind < 0.5:
            arguments.append(path(random, None, depth + 2))
        else:
            arguments.append(random.choice(["1", "-2", "2.5", '"a"', '"b c"', '{"a":1}', "'x'", "true", "[1]", "0"]))
    return f"{name}({random.choice([',', ', ', ','])[0:2].join(arguments)})"


def _literal(random: Random) -> str:
    kind = random.random()
    if kind < 0.35:
        return random.choice(["0", "1", "-2", "10", "1.0", "1.5", "1e3", "01", ".5", "1.", "100E-1"])
    if kind < 0.65:
        quote = random.choice("''\"")
        return f"{quote}{random.choice(TEXTS)}{quote}"
    if kind < 0.8:
        return random.choice(["true", "false", "null"])
    return _list(random)


def _list(random: Random) -> str:
    if random.random() < 0.1:
        return random.choice(["{}", '{"a":1}', "{'a':'b'}", "[[1]]", "[]", "[1,", "['a]']"])
    items = [
        random.choice(["1", "-2", "1.0", "'a'", '"b"', "'1'", "true", "null", "a", "'x y'", "10"])
        for _ in range(random.choice([0, 1, 2, 3]))
    ]
    return f"[{random.choice([',', ', ']).join(items)}]"


def _subpath(random: Random, depth: int) -> str:
    root = "@" if random.random() < 0.85 else "$"
    return root + "".join(
        _step(random, None, depth + 1) if random.random() < 0.35 else f".{_name(random)}"
        for _ in range(random.choice([0, 1, 1, 1, 2]))
    )


def _side(random: Random, depth: int) -> str:
    return _subpath(random, depth) if random.random() < 0.4 else _literal(random)


def _condition(random: Random, depth: int) -> str:
    kind = random.random()
    if depth < 4 and kind < 0.12:
        sign = random.choice(["&&", "||"])
        space = random.choice([" ", " ", ""])
        return f"{_condition(random, depth + 1)}{space}{sign}{space}{_condition(random, depth + 1)}"
    if depth < 4 and kind < 0.2:
        return f"{random.choice(['!', '', '! '])}({_condition(random, depth + 1)})"
    if kind < 0.4:
        return random.choice(["", "", "!"]) + _subpath(random, depth)
    left = _subpath(random, depth) if random.random() < 0.85 else _literal(random)
    if kind < 0.7:
        space = random.choice(["", " "])
        return f"{left}{space}{random.choice(OPERATORS)}{space}{_side(random, depth)}"
    if kind < 0.8:
        return f"{left} =~ {random.choice(PATTERNS)}" if random.random() < 0.9 else f"{random.choice(PATTERNS)} =~ {left}"
    right = _list(random) if random.random() < 0.6 else _side(random, depth)
    return f"{left} {random.choice(WORDS)} {right}"


def path(random: Random, value: Any, depth: int = 0) -> str:
    """A path, most of whose first steps exist in `value`."""
    text = random.choice(["$", "$", "$", "@"])
    for _ in range(random.choice([0, 1, 1, 2, 2, 3, 4]) if depth < 2 else random.choice([0, 1, 1, 2])):
        step = _step(random, value, depth)
        value = _into(value, step, random)
        text += step
    return text


def slip(random: Random, text: str) -> str:
    """The path with a character or two dropped, doubled, put in or exchanged."""
    for _ in range(random.choice([1, 1, 2])):
        place = random.randrange(len(text) + 1)
        kind = random.random()
        if kind < 0.4:
            text = text[:place] + text[place + 1 :]
        elif kind < 0.8:
            text = text[:place] + random.choice(SLIPS) + text[place:]
        else:
            text = text[:place] + random.choice(SLIPS) + text[place + 1 :]
    return text


def case(seed: int, number: int) -> tuple[str, str]:
    """The path and the document's text of one case; the same for the same numbers."""
    random = Random(f"{seed}:{number}")
    value = document(random)
    text = path(random, value)
    if random.random() < 0.25:
        text = slip(random, text)
    return text, json.dumps(value, ensure_ascii=random.random() < 0.5)
