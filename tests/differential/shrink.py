"""A difference made small: pieces of the template are left out while the engines still part in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tests.differential.cases import Case, Tree, join
from tests.differential.compare import Difference, Runner, differences
from tests.differential.engine import run as run_engine
from tests.differential.oracle import Oracle

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
BATCH = 40
ROUNDS = 400


def shrink(oracle: Oracle, found: Difference, run: Runner = run_engine) -> Difference:
    """The smallest difference of the same kind that leaving things out leads to."""
    for _ in range(ROUNDS):
        smaller = _first(oracle, found, run)
        if smaller is None:
            break
        found = smaller
    return found


def _first(oracle: Oracle, found: Difference, run: Runner) -> Difference | None:
    """The first smaller case that still differs in the same way; the oracle is asked in batches."""
    batch: list[Case] = []
    for candidate in _candidates(found.case):
        batch.append(candidate)
        if len(batch) == BATCH:
            hit = _hit(oracle, batch, found.kind, run)
            if hit is not None:
                return hit
            batch = []
    return _hit(oracle, batch, found.kind, run) if batch else None


def _hit(oracle: Oracle, batch: list[Case], kind: str, run: Runner) -> Difference | None:
    for other in differences(oracle, batch, run):
        if other.kind == kind:
            return other
    return None


def _candidates(case: Case) -> Iterator[Case]:
    """Smaller cases, the boldest first."""
    for tree in _smaller_trees(case.pieces):
        yield replace(case, pieces=tree)
    text = join(case.pieces)
    for shorter in _shorter(_TOKEN.findall(text)):
        yield replace(case, pieces=shorter)
    if len(text) < 200:
        for shorter in _shorter(list(text)):
            yield replace(case, pieces=shorter)
    for name in case.context:
        yield replace(case, context={key: value for key, value in case.context.items() if key != name})
    for name, value in case.context.items():
        for simpler in _simpler(value):
            yield replace(case, context={**case.context, name: simpler})
    if case.gateway is not None:
        for name, value in case.gateway.items():
            for simpler in _simpler(value):
                yield replace(case, gateway={**case.gateway, name: simpler})


def _smaller_trees(tree: Tree) -> Iterator[Tree]:
    """The tree with a piece left out, or one piece in its place."""
    if isinstance(tree, str) or not tree:
        return
    yield from (child for child in tree if not isinstance(child, str))
    for size in _sizes(len(tree)):
        for start in range(0, len(tree), size):
            yield tree[:start] + tree[start + size :]
    for number, child in enumerate(tree):
        for smaller in _smaller_trees(child):
            yield (*tree[:number], smaller, *tree[number + 1 :])


def _shorter(tokens: list[str]) -> Iterator[str]:
    """The text without some of its tokens."""
    for size in _sizes(len(tokens)):
        for start in range(0, len(tokens), size):
            shorter = "".join(tokens[:start] + tokens[start + size :])
            if len(tokens) > size or not shorter:
                yield shorter


def _sizes(length: int) -> Iterator[int]:
    size = length // 2
    while size >= 1:
        yield size
        size //= 2


def _simpler(value: object) -> Iterator[object]:
    """Simpler JSON values of the same sort."""
    if isinstance(value, dict) and "@java" in value:
        for simpler in _simpler(value["of"]):
            yield {**value, "of": simpler}
    elif isinstance(value, dict):
        for name in value:
            yield {key: item for key, item in value.items() if key != name}
        for name, item in value.items():
            for simpler in _simpler(item):
                yield {**value, name: simpler}
    elif isinstance(value, list):
        for number in range(len(value)):
            yield value[:number] + value[number + 1 :]
        for number, item in enumerate(value):
            for simpler in _simpler(item):
                yield [*value[:number], simpler, *value[number + 1 :]]
    elif isinstance(value, str) and len(value) > 1:
        yield value[: len(value) // 2]
        yield value[len(value) // 2 :]
        yield value[1:]
