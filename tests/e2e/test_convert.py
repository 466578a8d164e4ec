"""`vtl convert` as a command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.commands import vtl


def test_both_ways_keep_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes('<?xml version="1.0" encoding="latin-1"?><a x="1">é<b/>t<!--c--></a>'.encode("latin-1"))
    value = vtl("convert", "xml2json", "-c", "jsonml", "a.xml", folder=tmp_path)
    assert json.loads(value.stdout) == ["a", {"x": "1"}, "é", ["b"], "t", ["!--", "c"]]
    (tmp_path / "a.json").write_bytes(value.stdout)
    back = vtl("convert", "json2xml", "-c", "jsonml", "--indent", "0", "a.json", folder=tmp_path)
    assert back.stdout.decode() == '<a x="1">é<b/>t<!--c--></a>\n'


def test_a_schema_tells_types_and_decimals_keep_their_digits(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(json.dumps({"properties": {"a": {"properties": {"n": {"type": "number"}}}}}))
    (tmp_path / "a.xml").write_text("<a><n>1.10</n></a>")
    done = vtl("convert", "xml2json", "--schema", "s.json", "a.xml", folder=tmp_path)
    assert done.stdout == b'{\n  "a": {\n    "n": 1.1\n  }\n}\n'


@pytest.mark.parametrize(
    ("command", "text", "message", "status"),
    [
        ("xml2json", "<a>\n<b></a>", b"a:2:", 1),
        ("xml2json", "<!DOCTYPE a><a/>", b"a document type declaration", 1),
        ("json2xml", '{"a": }', b"a:1:7: error: ", 1),
        ("json2xml", '{"a b": 1}', b"no name in XML", 1),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, command: str, text: str, message: bytes, status: int) -> None:
    (tmp_path / "a").write_text(text)
    done = vtl("convert", command, "a", folder=tmp_path)
    assert message in done.stderr
    assert (done.returncode, done.stdout) == (status, b"")
    assert b"Traceback" not in done.stderr


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert vtl("convert", "xml2json", "none.xml", folder=tmp_path).returncode == 2
    assert vtl("convert", "xml2json", "--prefix", "p", "none.xml", folder=tmp_path).returncode == 2
