"""The files of a description: what is found beside them, what is never looked for, and errors with a place."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.unit.transforms.services import CLAIMS
from vtl.errors import InputError
from vtl.transforms.schema_files import is_relative, read_files

_XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def _write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_imports_are_found_beside_the_file_that_imports_them() -> None:
    files = read_files(CLAIMS)
    names = [path.relative_to(CLAIMS.parent).as_posix() for path in files.by_path]
    assert names == ["claims.wsdl", "interface.wsdl", "types/claims.xsd", "types/damage.xsd", "types/party.xsd", "types/base.xsd"]


def test_files_that_import_each_other_are_read_once(tmp_path: Path) -> None:
    for one, other in (("a.xsd", "b.xsd"), ("b.xsd", "a.xsd")):
        _write(tmp_path, one, f'<xs:schema {_XS}><xs:include schemaLocation="{other}"/></xs:schema>')
    assert len(read_files(tmp_path / "a.xsd").by_path) == 2


@pytest.mark.parametrize(
    "location", ["http://example.com/x.xsd", "https://x", "//host/x", "/etc/passwd", "file:///etc/passwd", "urn:x", "\\\\h\\x"]
)
def test_what_is_not_relative_is_never_read(location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    text = f'<xs:schema {_XS}><xs:import namespace="urn:n" schemaLocation="{location}"/></xs:schema>'
    files = read_files(_write(tmp_path, "a.xsd", text))
    assert len(files.by_path) == 1
    assert [item.location for item in files.unread] == [location]
    assert not is_relative(location)


def test_a_missing_import_is_told_at_its_line(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.xsd", f'<xs:schema {_XS}>\n  <xs:include schemaLocation="sub%20x/b.xsd"/>\n</xs:schema>')
    with pytest.raises(InputError, match="cannot read") as caught:
        read_files(path)
    assert (caught.value.file, caught.value.line, caught.value.column) == (str(path), 2, 3)
    _write(tmp_path, "sub x/b.xsd", f"<xs:schema {_XS}/>")
    assert len(read_files(path).by_path) == 2


@pytest.mark.parametrize(
    ("data", "words", "line"),
    [
        ("<a>\n<b></a>", "not XML", 2),
        ("", "not XML", 1),
        ("plain", "not XML", 1),
        ('<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<a>&x;</a>', "document type", 2),
        (b"\xff\xfe\x00", "not XML", 1),
        ('<?xml version="1.0" encoding="nothing-like-it"?><a/>', "not XML", 1),
        ("<a>" * 300, "not XML", 1),
    ],
)
def test_what_is_not_taken(data: str | bytes, words: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_files(_write(tmp_path, "a.xsd", data))
    assert caught.value.line == line


def test_bombs_end_in_an_error(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "x">{entities}]><a b="&e11;">&e11;</a>'
    with pytest.raises(InputError):
        read_files(_write(tmp_path, "a.xsd", bomb))


def test_too_many_files_and_no_file(tmp_path: Path) -> None:
    for number in range(260):
        _write(tmp_path, f"{number}.xsd", f'<xs:schema {_XS}><xs:include schemaLocation="{number + 1}.xsd"/></xs:schema>')
    with pytest.raises(InputError, match="more than 250 files"):
        read_files(tmp_path / "0.xsd")
    with pytest.raises(InputError, match="cannot read"):
        read_files(tmp_path / "none.xsd")
    with pytest.raises(InputError, match="cannot read"):
        read_files(tmp_path)


def test_other_encodings(tmp_path: Path) -> None:
    text = (
        f'<?xml version="1.0" encoding="{{}}"?><xs:schema {_XS}><xs:annotation>'
        f"<xs:documentation>é</xs:documentation></xs:annotation></xs:schema>"
    )
    for encoding in ("iso-8859-1", "utf-16"):
        files = read_files(_write(tmp_path, "a.xsd", text.format(encoding).encode(encoding)))
        assert "é" in files.first.source.text
