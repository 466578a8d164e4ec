"""The generator: case number N of a seed and a dialect, always the same."""

from __future__ import annotations

from random import Random

from tests.differential import contexts, directives, grid
from tests.differential.cases import Case, Tree, join
from tests.differential.pen import Pen

GRID_SHARE = 0.3


def generate(seed: int, number: int, dialect: str) -> Case:
    """Case `number` of `seed`."""
    rng = Random(f"{seed}/{number}/{dialect}")
    wild = rng.choice((0.0, 0.0, 0.15, 0.3, 1.0))
    pen = Pen(rng, dialect, wild, budget=rng.choice((4, 8, 16, 30, 45)))
    if rng.random() < GRID_SHARE:
        pieces = grid.calls(pen, number)
    else:
        pieces = whole(pen)
    return Case(
        pieces=pieces,
        context=contexts.plain_context(rng, pen.hosted),
        gateway=contexts.gateway(rng) if pen.hosted else None,
        marks=frozenset(pen.marks),
        depth=pen.deepest,
    )


def whole(pen: Pen) -> Tree:
    """A template of several statements; a tame one does not end in a lone `$` or `#`."""
    parts = [directives.statements(pen, 6)]
    if pen.macros and pen.chance(0.8):
        parts.append(directives.macro_call(pen))
    if pen.chance(0.3):
        parts.insert(0, directives.macro(pen))
    text = join(tuple(parts))
    if text.rstrip("\\")[-1:] in ("$", "#", "!", "{") and not pen.hazard(0.5):
        parts.append(" ")
    return tuple(parts)
