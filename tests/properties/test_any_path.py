"""Any path over any document answers or raises a VtlError; where RFC 9535 reads a path as Jayway does, both find the same.

The independent reader is jsonpath-rfc9535, an implementation of the RFC by other people.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

import jsonpath_rfc9535
from hypothesis import given
from hypothesis import strategies as st

from tests.differential.jsonpath.generator import document as random_document
from tests.differential.jsonpath.generator import path as random_path
from tests.differential.jsonpath.generator import slip
from vtl.errors import JsonPathError, LimitExceeded, PathNotFound
from vtl.jsonpath import compile, loads, read  # noqa: A004
from vtl.jsonpath.explain import explain
from vtl.jsonpath.locations import find_all
from vtl.jsonpath.paths import compile_path
from vtl.limits import Limits
from vtl.values.json import to_json
from vtl.values.text import to_text

LIMITS = Limits(steps=200_000, regex_seconds=0.2)
SEEDS = st.integers(0, 2**32)
VERSIONS = st.sampled_from(["2.9", "2.4"])
SIGNS = st.text(alphabet="$@.[]()*?'\",:-0123ab \\=!<>&|~/{}\n\x00é😀", max_size=24)

NAMES = st.sampled_from(["a", "b", "c"])
SCALARS = (
    st.none() | st.booleans() | st.integers(-3, 12) | st.sampled_from([0.5, 2.5, -1.25]) | st.sampled_from(["", "a", "b", "x y"])
)
DOCUMENTS = st.recursive(
    st.dictionaries(NAMES, SCALARS, max_size=3) | st.lists(SCALARS, max_size=4),
    lambda inner: st.dictionaries(NAMES, inner | SCALARS, max_size=3) | st.lists(inner | SCALARS, max_size=4),
    max_leaves=12,
)


def _conditions() -> st.SearchStrategy[str]:
    """Comparisons whose literal has the type of what it meets, or meets nothing: there the two dialects agree."""
    numbers = st.builds("@.{} {} {}".format, NAMES, st.sampled_from(["<", "<=", ">", ">="]), st.integers(-3, 12))
    return numbers | st.builds("@.{}".format, NAMES)


STEPS = st.one_of(
    st.builds(".{}".format, NAMES),
    st.builds("['{}']".format, NAMES),
    st.builds("[{}]".format, st.integers(-4, 4)),
    st.builds("[{}:{}]".format, st.integers(0, 4), st.integers(0, 5)),
    st.builds("[{}:]".format, st.integers(-4, 4)),
    st.builds("[:{}]".format, st.integers(-4, 4)),
    st.just("[*]"),
    st.just(".*"),
    st.builds("..{}".format, NAMES),
)
SHARED_PATHS = st.builds(lambda steps: "$" + "".join(steps), st.lists(STEPS, min_size=1, max_size=5))
FILTERS = st.builds("$.a[?({})]".format, _conditions())


def _tried(path: str, text: str, version: str) -> None:
    try:
        value = read(path, loads(text), limits=LIMITS, dialect=version)
        assert to_text(value) is not None and to_json(value)
    except (JsonPathError, LimitExceeded) as error:
        assert str(error)
        assert error.diagnostic.render()


@given(SIGNS, SEEDS, VERSIONS)
def test_any_text_is_read_or_refused(path: str, seed: int, version: str) -> None:
    _tried(path, json.dumps(random_document(Random(seed))), version)


@given(SEEDS, st.booleans(), VERSIONS)
def test_paths_of_the_grammar_and_slips_of_the_pen(seed: int, slipped: bool, version: str) -> None:
    random = Random(seed)
    value = random_document(random)
    path = random_path(random, value)
    _tried(slip(random, path) if slipped else path, json.dumps(value), version)


@given(SHARED_PATHS, DOCUMENTS)
def test_what_rfc_9535_reads_alike_is_found_alike(path: str, document: Any) -> None:
    """A definite path that finds nothing raises here; so does one whose definite beginning leads nowhere."""
    expected = [node.value for node in jsonpath_rfc9535.find(path, document)]
    try:
        found = read(path, document)
    except PathNotFound:
        assert expected == []
        return
    assert ([found] if compile_path(path).definite else found) == expected


@given(
    FILTERS, st.builds(lambda items: {"a": items}, st.lists(st.dictionaries(NAMES, st.integers(-3, 12), max_size=3), max_size=5))
)
def test_filters_that_rfc_9535_reads_alike_find_alike(path: str, document: Any) -> None:
    assert read(path, document) == [node.value for node in jsonpath_rfc9535.find(path, document)]


@given(SHARED_PATHS, DOCUMENTS)
def test_find_and_locations_agree_with_read(path: str, document: Any) -> None:
    compiled = compile_path(path)
    try:
        found = compiled.read(document)
    except PathNotFound:
        assert compile(path).find(document) == []
        assert explain(compiled, document)[-1].error is not None
        return
    values = [found] if compiled.definite else list(found)
    assert [datum.value for datum in compile(path).find(document)] == values
    matches = find_all(compiled, document)
    assert [match.value for match in matches] == values
    for match, datum in zip(matches, compile(path).find(document), strict=True):
        assert read(match.location, document) == match.value
        assert [again.value for again in datum.full_path.find(document)] == [match.value]
    assert explain(compiled, document)[-1].found == len(values)
