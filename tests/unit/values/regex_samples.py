"""Java regular expressions for the recorder: one for each corner of the syntax, and others grown at random from a grammar."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.unit.values.string_samples import Sample

PATTERNS = (Path(__file__).parent / "data" / "patterns.txt").read_text(encoding="utf-8").splitlines()
SUBJECTS = (
    "",
    "aab",
    "abcabc AbC",
    "a\r\nb\r\n",
    "a\u2028b\u0085",
    "1a2_b é É ß k K\u212a sſS",
    "αΑx😀y",
    "AéÉaÿŸµΜ",
    "foo, bar; x.y (z) [q] {w} it\\'s $1 \\ |",
    "e\u0301a\u0301 _\u0301",
    "İiI",
    "\ud83da",
)
REPLACEMENTS = ("-", "<$0>", "[$1]", "$2", "${n}", "\\$x", "$10", "x\\\\", "$", "${", "${x", "a\\", "${1a}", "$a")
_LITERALS = ("a", "b", "c", "ab", "A", "é", "1", "_", "\\.", "-", "ß", "β", "😀", "\\n", "]", "\\Qa.\\E")
_CLASSES = (".", r"\d", r"\w", r"\s", r"\W", r"\p{L}", r"\p{Lu}", r"\h", r"\R", r"\p{javaLowerCase}", r"\S")
_ANCHORS = ("^", "$", r"\b", r"\A", r"\z", r"\Z", r"\1", r"\2")
_GROUPS = ("(", "(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?i:", "(?m:", "(?s:", "(?iu:", "(?U:")
_QUANTIFIERS = ("", "", "", "", "*", "+", "?", "{2}", "{1,2}", "{2,}", "*?", "+?", "??", "{1,2}?")


def call(chance: random.Random, pattern: str, subject: str) -> Sample:
    """One of String's methods with that pattern."""
    method = chance.choice(("replaceAll", "replaceAll", "replaceFirst", "matches", "split", "split"))
    if method.startswith("replace"):
        return Sample(subject, method, [pattern, chance.choice(REPLACEMENTS)])
    limit = chance.choice([None, -1, 0, 1, 2, 3])
    return Sample(subject, method, [pattern] if method == "matches" or limit is None else [pattern, limit])


def chosen_samples() -> Iterator[Sample]:
    """Each pattern twice: on a text that it likely knows, and in a call drawn at random."""
    chance = random.Random(7)
    for pattern in PATTERNS:
        yield Sample(chance.choice(SUBJECTS[1:]), "replaceAll", [pattern, "<$0>"])
        yield call(chance, pattern, chance.choice(SUBJECTS))


def _set(chance: random.Random, depth: int = 0) -> str:
    items = []
    for _ in range(chance.randint(1, 3)):
        kind = chance.random()
        if kind < 0.4:
            items.append(chance.choice("abcAB1_é.β -"))
        elif kind < 0.6:
            items.append("-".join(sorted(chance.sample("abcABC12é", 2))))
        elif kind < 0.8 or depth > 1:
            items.append(chance.choice((*_CLASSES[1:8], r"\x41", r"\p{Punct}")))
        else:
            items.append(chance.choice(("", "&&")) + _set(chance, depth + 1))
    return f"[{chance.choice(('', '', '^'))}{''.join(items)}]"


def _atom(chance: random.Random, depth: int) -> str:
    kind = chance.random()
    if kind < 0.45 or (kind > 0.75 and depth > 2):
        return chance.choice(_LITERALS)
    if kind < 0.55:
        return _set(chance)
    if kind < 0.67:
        return chance.choice(_CLASSES)
    return chance.choice(_ANCHORS) if kind < 0.75 else f"{chance.choice(_GROUPS)}{_pattern(chance, depth + 1)})"


def _pattern(chance: random.Random, depth: int = 0) -> str:
    return "|".join(
        "".join(_atom(chance, depth) + chance.choice(_QUANTIFIERS) for _ in range(chance.randint(1, 3)))
        for _ in range(chance.choice([1, 1, 1, 2, 3]))
    )


def random_samples(count: int, seed: int) -> Iterator[Sample]:
    """Patterns that nobody would write, on texts of the characters that they speak of."""
    chance = random.Random(seed)
    for _ in range(count):
        pattern = chance.choice(["", "", "", "(?i)", "(?m)", "(?s)", "(?iu)", "(?d)", "(?U)"]) + _pattern(chance)
        subject = "".join(chance.choices("abcABé1_ -.\nβß😀aaabbbc", k=chance.randint(0, 10)))
        yield call(chance, pattern, subject)
