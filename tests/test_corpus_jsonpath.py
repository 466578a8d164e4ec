"""Every path of tests/corpus/jsonpath finds what Jayway finds, is as definite, prints the same, and fails where it fails."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import jsonpath_oracle
from tests.corpus.jsonpath_files import ERRORS, PROVENANCE, VERSIONS, PathCase, chapter_text, digest, path_files, read_cases
from tests.differential.jsonpath.jayway import missing
from vtl.errors import InvalidJson, InvalidPath, JsonPathError, PathNotFound
from vtl.jsonpath.dialect import dialect_named
from vtl.jsonpath.documents import loads
from vtl.jsonpath.locations import find_all
from vtl.jsonpath.paths import compile_path
from vtl.values.json import to_json
from vtl.values.kinds import KeySet
from vtl.values.text import to_text

FILES = path_files()
CASES = [case for file in FILES for case in read_cases(file)]
CLASSES = {"InvalidPath": InvalidPath, "PathNotFound": PathNotFound, "InvalidJson": InvalidJson}


def same(expected: object, got: object) -> bool:
    """Equality of JSON that tells 1 from 1.0 and from true; objects have their members in the same order."""
    if isinstance(got, KeySet):
        got = list(got.elements())
    if isinstance(expected, dict) and set(expected) == {"$double"}:
        return isinstance(got, float) and repr(got) == expected["$double"].replace("Infinity", "inf").replace("NaN", "nan")
    if isinstance(expected, dict):
        return isinstance(got, dict) and list(expected) == list(got) and all(map(same, expected.values(), got.values()))
    if isinstance(expected, list):
        return isinstance(got, list) and len(expected) == len(got) and all(map(same, expected, got))
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if isinstance(got, Decimal):
        return expected == float(got)
    return isinstance(expected, float) == isinstance(got, float) and expected == got


def _versioned() -> Iterator[Any]:
    for case in CASES:
        for version in VERSIONS:
            yield pytest.param(case, version, id=f"{case.chapter}-{version}-{case.path}-{case.document_name}")


VERSIONED = list(_versioned())


@pytest.mark.parametrize(("case", "version"), VERSIONED)
def test_a_path_finds_what_jayway_finds(case: PathCase, version: str) -> None:
    answer = case.answer(version)
    if "error" in answer:
        _fails(case, version, answer)
        return
    document = loads(case.document)
    path = compile_path(case.path, dialect_named(version))
    value = path.read(document)
    assert path.definite == answer["definite"]
    assert same(answer["value"], value)
    assert to_text(value) == answer["text"]
    if "json" in answer:
        assert to_json(value) == answer["json"]
    assert same(answer["after"], document) if "after" in answer else to_text(document) == to_text(loads(case.document))


def _fails(case: PathCase, version: str, answer: Any) -> None:
    expected = CLASSES.get(ERRORS.get(answer["error"], ""), JsonPathError)
    with pytest.raises(JsonPathError) as caught:
        compile_path(case.path, dialect_named(version)).read(loads(case.document))
    error = caught.value
    assert type(error) is expected
    assert error.line >= 1
    assert error.diagnostic.render()
    if "definite" in answer:
        assert compile_path(case.path, dialect_named(version)).definite == answer["definite"]
    else:
        with pytest.raises(InvalidPath):
            compile_path(case.path, dialect_named(version))


@pytest.mark.parametrize(("case", "version"), VERSIONED)
def test_the_locations_lead_to_the_values(case: PathCase, version: str) -> None:
    """As many matches as values; a location is a path that finds the very value again, unless that was made by the read."""
    answer = case.answer(version)
    if "error" in answer or "after" in answer:
        return
    document = loads(case.document)
    path = compile_path(case.path, dialect_named(version))
    matches = find_all(path, document)
    found = [path.read(document)] if path.definite else path.read(document)
    assert len(matches) == len(found)
    for match, value in zip(matches, found, strict=True):
        assert to_text(match.value) == to_text(value)
        if "()" in match.location:
            continue
        again = compile_path(match.location).read(document)
        if "," in match.location:  # a new object with each read
            assert again == match.value
        else:
            assert again is match.value


def test_the_provenance_names_every_file_as_it_is() -> None:
    digests = tomllib.loads(PROVENANCE.read_text(encoding="utf-8"))["files"]
    assert digests == {file.name: digest(file.read_text(encoding="utf-8")) for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_written_as_the_program_writes_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    chapter = json.loads(text)
    assert chapter_text(chapter["about"], chapter["documents"], chapter["cases"]) == text


def test_no_case_stands_twice() -> None:
    assert len({(case.path, case.document) for case in CASES}) == len(CASES)


def test_every_kind_of_answer_is_there() -> None:
    errors = {answer["error"] for case in CASES for answer in case.answers.values() if "error" in answer}
    assert errors >= {"InvalidPathException", "PathNotFoundException", "JsonPathException", "ClassCastException"}
    assert sum("2.4" in case.answers for case in CASES) >= 50


@pytest.mark.oracle
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_jayway_still_says_so(file: Path) -> None:
    if missing():
        pytest.skip(missing())
    assert jsonpath_oracle.fresh_text(file) == file.read_text(encoding="utf-8")
