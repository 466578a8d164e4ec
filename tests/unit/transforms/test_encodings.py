"""XML as UTF-8, whatever it comes in."""

from __future__ import annotations

from typing import Any

import pytest

from vtl.errors import InputError, InvalidXml, LimitExceeded
from vtl.limits import Limits
from vtl.transforms.encodings import utf8_of


def _read(document: Any, charset: str = "", **limits: int) -> bytes:
    return utf8_of(document, limits=Limits(**limits), name="x", charset=charset)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_unicode_is_detected(encoding: str) -> None:
    assert _read("<a>é😀</a>".encode(encoding)) == "<a>é😀</a>".encode()


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
        ("koi8-r", "koi8-r"),
        ("Shift_JIS", "shift_jis"),
        ("EUC-KR", "euc_kr"),
        ("gb18030", "gb18030"),
        ("UTF8", "utf-8"),
    ],
)
def test_declared_encodings(declared: str, encoding: str) -> None:
    text = "日本" if encoding == "shift_jis" else "д" if encoding.startswith("koi8") else "한" if encoding == "euc_kr" else "é"
    document = f'<?xml version="1.0" encoding="{declared}"?><a>{text}</a>'
    assert _read(document.encode(encoding)).decode() == document
    assert _read(f"<a>{text}</a>".encode(encoding), charset=declared).decode() == f"<a>{text}</a>"


def test_a_mark_wins_over_the_charset_and_that_over_the_declaration() -> None:
    document = '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'
    assert _read(document.encode("utf-8-sig"), charset="iso-8859-15").decode() == document
    assert _read(document.encode("utf-8"), charset='"UTF-8"').decode() == document
    assert _read(document.encode("utf-8")).decode() == document.replace("é", "Ã©")
    assert _read(document) == document.encode()


@pytest.mark.parametrize("name", ["utf-7", "zlib", "rot13", "idna", "nope", "../x", "base64", "cp037", "x" * 90, "utf-8\n"])
def test_encodings_that_are_not_taken(name: str) -> None:
    with pytest.raises(InvalidXml, match="unknown or not taken"):
        _read(f'<?xml version="1.0" encoding="{name.strip()}x"?><a/>'.encode())
    if name.strip() == name:
        with pytest.raises(InvalidXml, match="unknown or not taken"):
            _read(b"<a/>", charset=name)


def test_wrong_bytes_have_a_place() -> None:
    with pytest.raises(InvalidXml, match="byte 4 is not utf-16-le") as caught:
        _read(b"\xff\xfe<\x00a\x00\x00\xd8<\x00")
    assert caught.value.line == 1
    with pytest.raises(InvalidXml, match="is not ascii"):
        _read(b"<a>\xe9</a>", charset="us-ascii")
    with pytest.raises(InvalidXml, match="U\\+0000") as caught:
        _read(b"<a>\n\0</a>")
    assert (caught.value.line, caught.value.column) == (2, 1)
    with pytest.raises(InvalidXml, match="half of a character") as caught:
        _read("<a>\ud800</a>")
    assert caught.value.column == 4
    with pytest.raises(InvalidXml, match="EBCDIC"):
        _read("<?xml version='1.0'?><a/>".encode("cp037"))


def test_bounds_and_kinds() -> None:
    assert _read(bytearray(b"<a/>")) == b"<a/>"
    assert _read(memoryview(b"<a/>")) == b"<a/>"
    for document in ("<a/>", b"<a/>"):
        with pytest.raises(LimitExceeded) as caught:
            _read(document, xml_size=3)
        assert caught.value.limit == "xml_size"
    with pytest.raises(LimitExceeded):
        _read("é".encode("latin-1") * 30, charset="latin-1", xml_size=40)
    with pytest.raises(InputError, match="text or bytes, not dict"):
        _read({})
