"""Content-Type and charsets as transforms read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtl.errors import InputError, VtlError
from vtl.transforms.media_types import declared_charset, media_type, to_utf8


@pytest.mark.parametrize(
    ("header", "name", "parameters"),
    [
        (None, "", {}),
        ("", "", {}),
        ("Text/XML", "text/xml", {}),
        (
            'application/soap+xml; charset=UTF-8; action="urn:a;b\\"c"',
            "application/soap+xml",
            {"charset": "UTF-8", "action": 'urn:a;b"c'},
        ),
        ("text/xml;charset=a;charset=b", "text/xml", {"charset": "a"}),
        ("text/xml; nonsense; charset=utf-8", "text/xml", {"charset": "utf-8"}),
    ],
)
def test_parts(header: str | None, name: str, parameters: dict[str, str]) -> None:
    found = media_type(header)
    assert (found.name, found.parameters) == (name, parameters)


def test_kinds() -> None:
    assert [media_type(each).is_json for each in ("application/json; charset=x", "application/hal+json", "text/xml", "")] == [
        True,
        True,
        False,
        False,
    ]
    kinds = ("text/xml", "application/soap+xml", "application/xhtml+xml", "text/html", "application/json")
    assert [media_type(each).is_xml for each in kinds] == [True, True, False, False, False]
    assert media_type('multipart/related; type="application/xop+xml"').is_multipart


@pytest.mark.parametrize(
    ("data", "header", "charset"),
    [
        (b"<a/>", None, None),
        (b"<a/>", "text/xml", None),
        (b"<a/>", "text/xml; charset=ISO-8859-1", "iso-8859-1"),
        (b"\xef\xbb\xbf<a/>", "text/xml; charset=iso-8859-1", "utf-8"),
        ("\ufeff<a/>".encode("utf-16-be"), None, "utf-16-be"),
    ],
)
def test_the_charset_that_counts(data: bytes, header: str | None, charset: str | None) -> None:
    assert declared_charset(data, header) == charset


@pytest.mark.parametrize("charset", ["utf-7", "idna", "base64", "unicode_escape", "rot13", "wild", "punycode"])
def test_charsets_that_no_xml_has_are_refused(charset: str) -> None:
    with pytest.raises(InputError, match="is not known"):
        to_utf8(b"<a/>", f"text/xml; charset={charset}")


def test_conversion() -> None:
    assert to_utf8("é".encode("latin-1"), "text/xml; charset=latin1") == ("é".encode(), True)
    assert to_utf8("\ufeffé".encode("utf-16-le"), None) == ("é".encode(), True)
    assert to_utf8(b"\xe9", None) == (b"\xe9", False)
    with pytest.raises(InputError, match="not utf-8, as it is declared: byte 0xe9 at offset 1"):
        to_utf8(b"a\xe9", "text/xml; charset=utf-8")
    with pytest.raises(InputError, match="cannot be read as iso-8859-99"):
        to_utf8(b"a", "text/xml; charset=iso-8859-99")


@given(st.binary(max_size=40), st.text(max_size=60))
def test_nothing_but_errors_of_the_library(data: bytes, header: str) -> None:
    for content_type in (header, f"text/xml; charset={header}", "text/xml; charset=utf-16"):
        try:
            to_utf8(data, content_type)
        except VtlError:
            continue
