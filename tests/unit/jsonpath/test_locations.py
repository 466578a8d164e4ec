"""Where matches stand; a location is a path that leads there and nowhere else."""

from __future__ import annotations

import pytest

from vtl.errors import PathNotFound
from vtl.jsonpath import loads, read
from vtl.jsonpath.locations import find_all
from vtl.jsonpath.paths import compile_path

DOCUMENT = loads('{"a": [{"x": 1}, {"x": [2, 3]}], "it\'s": {"b\\\\c": {"x": 4}}}')


@pytest.mark.parametrize(
    ("path", "locations"),
    [
        ("$", ["$"]),
        ("$.a[-1].x[0]", ["$['a'][1]['x'][0]"]),
        ("$..x", ["$['a'][0]['x']", "$['a'][1]['x']", "$['it\\'s']['b\\\\c']['x']"]),
        ("$.a[?(@.x == 1)]", ["$['a'][0]"]),
        ("$['a','b']", ["$['a','b']"]),
        ("$.a.length()", ["$['a'].length()"]),
        ("$..[1].x", ["$['a'][1]['x']"]),
        ("$.b.*", None),
    ],
)
def test_locations(path: str, locations: list[str] | None) -> None:
    if locations is None:
        with pytest.raises(PathNotFound):
            find_all(compile_path(path), DOCUMENT)
        return
    matches = find_all(compile_path(path), DOCUMENT)
    assert [match.location for match in matches] == locations
    for match in matches:
        assert read(match.location, DOCUMENT) == match.value
