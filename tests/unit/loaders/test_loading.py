"""`load` as a whole: folders, broken files, large ones, and what is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.loaders.places import loaded, only, write
from vtl.loaders import load
from vtl.loaders.files import MAX_BYTES

DOCUMENT = "swagger: '2.0'\npaths: {/a: {get: {x-amazon-apigateway-integration: {requestTemplates: {a/b: x}}}}}\n"


def test_a_bare_template(tmp_path: Path) -> None:
    template = only(loaded(tmp_path, {"a.vtl": "#set($x = 1)\n"}, "a.vtl"))
    assert (template.text, template.direction, template.kind, template.line) == ("#set($x = 1)\n", "", "mapping", 1)


def test_a_folder_reads_its_documents_and_the_templates_that_none_of_them_names(tmp_path: Path) -> None:
    files = {
        "a.yaml": DOCUMENT,
        "t/used.vtl": "used",
        "t/loose.vm": "loose",
        "main.tf": 'resource "aws_api_gateway_integration" "i" {\n  request_templates = { "a/b" = file("t/used.vtl") }\n}\n',
        "node_modules/x.yaml": DOCUMENT,
        ".terraform/x.vtl": "no",
        ".aws-sam/build/x.yaml": DOCUMENT,
        "plain.yaml": "a: 1\n",
    }
    result = loaded(tmp_path, files)
    assert sorted((str(item.text), item.direction) for item in result.templates) == [
        ("loose", ""),
        ("used", "request"),
        ("x", "request"),
    ]
    assert not [name for name in result.files if name.endswith("plain.yaml")]


BAD = {
    "quote.yaml": (DOCUMENT + "x: 'y\n", "not YAML", 3),
    "comma.json": ('{"swagger": "2.0",\n "paths": {}, }', "not JSON", 2),
    "latin.yaml": (b"swagger: '2.0'\ninfo: {title: caf\xe9}\n", "not UTF-8 text", 2),
    "deep.json": ('{"swagger": ' + "[" * 5000, "inside each other", 1),
    "alias.yaml": ("swagger: '2.0'\na: *b\n", "has no anchor", 2),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_broken_file_is_said_with_its_place_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    content, message, line = BAD[name]
    write(tmp_path, {"good.yaml": DOCUMENT})
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    result = load(tmp_path)
    (found,) = result.diagnostics
    assert message in found.message
    assert (Path(found.file).name, found.line, found.severity.value) == (name, line, "error")
    assert only(result).text == "x"


def test_a_file_that_is_too_large_is_said(tmp_path: Path) -> None:
    with (tmp_path / "big.json").open("wb") as file:
        file.truncate(50_000_000)
    result = load(tmp_path / "big.json")
    assert [(item.code, "50,000,000 bytes" in item.message, item.line) for item in result.diagnostics] == [("load", True, 1)]
    assert MAX_BYTES < 50_000_000


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = load(tmp_path / "no.yaml")
    assert [item.code for item in result.diagnostics] == ["load-missing-file"]
    assert not load(tmp_path / "no.tf").templates


@pytest.mark.parametrize(
    ("mark", "encoding"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
def test_byte_order_marks_and_windows_line_ends_move_nothing(tmp_path: Path, mark: bytes, encoding: str) -> None:
    text = DOCUMENT.replace("\n", "\r\n").replace("a/b: x", "a/b: é")
    (tmp_path / "a.yaml").write_bytes(mark + text.encode(encoding))
    template = only(load(tmp_path / "a.yaml"))
    assert (template.text, template.line, template.column) == ("é", 2, DOCUMENT.split("\n")[1].index("x}}}}}") + 1)


def test_several_documents_in_a_stream_are_all_read(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"a.yaml": f"{DOCUMENT}---\nkind: x\n---\n{DOCUMENT}"}, "a.yaml")
    assert [item.line for item in result.templates] == [2, 7]


def test_flow_style_yaml_is_not_taken_for_json(tmp_path: Path) -> None:
    text = "{swagger: '2.0', paths: {/a: {get: {x-amazon-apigateway-integration: {requestTemplates: {a/b: x}}}}}}"
    assert only(loaded(tmp_path, {"a.yaml": text}, "a.yaml")).text == "x"


def test_a_file_without_templates_is_dismissed_before_any_parser_is_imported(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": "kind: Deployment\n", "b.json": '{"x": 1}'})
    script = (
        "import sys, vtl\n"
        f"assert not vtl.load({str(tmp_path)!r}).templates\n"
        "assert not {'yaml', 'hcl2', 'lark', 'click', 'lxml', 'regex'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[3], stdin=subprocess.DEVNULL)
