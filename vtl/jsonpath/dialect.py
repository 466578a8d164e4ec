"""`JsonPathDialect`: the twelve places at which Jayway 2.4 and 2.9 read or evaluate a path differently."""

from __future__ import annotations

from dataclasses import dataclass

from vtl.errors import InputError


@dataclass(frozen=True, slots=True, eq=False)
class JsonPathDialect:
    """One version of Jayway. Each switch says what 2.9 does; 2.4 has them all off.

    API Gateway does not tell which version it runs, and most paths read alike; 2.9 is the default. See: the release notes of
    json-path, 2.5.0 to 2.9.0.
    """

    name: str
    blanks_before: bool
    """Blanks before a path belong to it, so that it reads as a strange name; 2.4 trims them, and control characters as well."""
    commas_in_names: bool
    """`['a,b']` is a name; 2.4 refuses it."""
    strict_calls: bool
    """How functions are cut out of a path: one must be closed, and what follows one without arguments begins at its `)`. 2.4 has
    other slips: it drops an argument of one character, and a path may end with `name(`."""
    scientific_numbers: bool
    """`1e3` is a number in a filter."""
    pattern_flags: str
    """Letters that may follow a regular expression."""
    patterns_in_arrays: bool
    """`=~` looks at the elements of an array; for 2.4 an array is an empty text."""
    empty_objects: bool
    """`empty` on an object aborts the whole read (a ClassCastException); 2.4 knows what an empty object is."""
    functions: frozenset[str]
    """Functions that exist."""
    operators: frozenset[str]
    """Word operators beyond those of 2.4."""
    list_arguments: bool
    """Functions take the elements of an argument that is an array, and length() measures its argument."""
    inverted_scans: bool
    """`$..x.f()` calls the function once, with all that the scan found; 2.4 calls it for each."""
    indexed_scans: bool
    """`$..[0].name` looks at the elements that are asked for; 2.4 at every element."""


_FUNCTIONS = frozenset(["avg", "stddev", "sum", "min", "max", "concat", "length", "size", "append"])

JAYWAY_2_4 = JsonPathDialect(
    name="2.4",
    blanks_before=False,
    commas_in_names=False,
    strict_calls=False,
    scientific_numbers=False,
    pattern_flags="i",
    patterns_in_arrays=False,
    empty_objects=False,
    functions=_FUNCTIONS,
    operators=frozenset(),
    list_arguments=False,
    inverted_scans=False,
    indexed_scans=False,
)
JAYWAY_2_9 = JsonPathDialect(
    name="2.9",
    blanks_before=True,
    commas_in_names=True,
    strict_calls=True,
    scientific_numbers=True,
    pattern_flags="dixmsuU",
    patterns_in_arrays=True,
    empty_objects=True,
    functions=_FUNCTIONS | {"first", "index", "keys", "last"},
    operators=frozenset(["anyof", "noneof"]),
    list_arguments=True,
    inverted_scans=True,
    indexed_scans=True,
)


def dialect_named(name: str) -> JsonPathDialect:
    """The dialect "2.4" or "2.9". InputError for any other name."""
    for dialect in (JAYWAY_2_9, JAYWAY_2_4):
        if dialect.name == name:
            return dialect
    raise InputError(f"there is no JSONPath dialect {name!r}", hint="the dialects are 2.4 and 2.9")
