"""Every file of the corpus renders to what it says, and every file has its provenance."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.files import PROVENANCE, ROOT, CorpusCase, case_files, read_case
from tests.differential.oracle import missing
from vtl.errors import VtlError
from vtl.mapping import MappingTemplate
from vtl.runtime.template import Template

FILES = case_files()
EMPTY: Mapping[str, Any] = {
    "requestOverride": {"path": {}, "header": {}, "querystring": {}},
    "responseOverride": {"header": {}},
}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix()


def _render(case: CorpusCase) -> tuple[str, Mapping[str, Any]]:
    """The output and the overrides. A template that the parser refuses fails here as well."""
    if not case.hosted:
        return Template(case.template, name=case.name).render(case.context), EMPTY
    gateway = case.gateway
    params = gateway.get("params", {})
    result = MappingTemplate(case.template, name=case.name).apply(
        gateway.get("body", ""),
        path=params.get("path", {}),
        querystring=params.get("querystring", {}),
        header=params.get("header", {}),
        context=gateway.get("context", {}),
        stage_variables=gateway.get("stageVariables", {}),
        variables=case.context,
    )
    return result.body, result.context


def _simple(value: object) -> object:
    """A value as JSON would bring it back."""
    if isinstance(value, dict):
        return {name: _simple(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_simple(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_case_renders_as_its_file_says(path: Path) -> None:
    case = read_case(path)
    error = case.header.get("error")
    if error == "parse":
        with pytest.raises(VtlError):
            Template(case.template, dialect="apigateway" if case.hosted else "velocity")
        return
    if error == "render":
        with pytest.raises(VtlError):
            _render(case)
        return
    output, context = _render(case)
    assert output == case.output
    expected = {**EMPTY, **case.header.get("overrides", {})}
    assert {name: _simple(context[name]) for name in EMPTY} == expected


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_is_in_the_format(path: Path) -> None:
    case = read_case(path)
    assert path.read_bytes() == case.text().encode("utf-8", "surrogatepass")
    assert not (case.output and "error" in case.header)
    assert case.header.keys() <= {"about", "context", "gateway", "error", "overrides", "source"}


def test_provenance_names_every_file_as_it_is() -> None:
    known = tomllib.loads(PROVENANCE.read_text(encoding="utf-8"))
    assert known["files"] == {case.name: case.digest() for case in map(read_case, FILES)}
    assert known["engine"]["packages"] and known["engine"]["date"]


def test_the_corpus_has_not_shrunk() -> None:
    assert sum(path.parent.parent.name == "apigw" for path in FILES) >= 120


@pytest.mark.oracle
def test_the_engine_still_says_the_same() -> None:
    if missing():
        pytest.skip(missing())
    from tests.corpus.regenerate import ask

    cases = [read_case(path) for path in FILES]
    assert [case.name for case, fresh in zip(cases, ask(cases), strict=True) if case != fresh] == []
