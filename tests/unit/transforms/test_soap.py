"""Envelopes of both versions; zeep, which shares no code with the product, opens and makes them too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from vtl.errors import ConversionError, InputError, VtlError
from vtl.transforms.soap import ENVELOPES, Version, action_of, described, elements, envelope, http_headers, unwrap, wrap

OLD, NEW = ENVELOPES["1.1"], ENVELOPES["1.2"]


def _envelope(body: str, space: str = OLD, attributes: str = "") -> bytes:
    return f'<s:Envelope xmlns:s="{space}" {attributes}><s:Header/><s:Body>{body}</s:Body></s:Envelope>'.encode()


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_wrapped_and_unwrapped(version: Version) -> None:
    node = etree.fromstring('<a xmlns="urn:a">&lt;é</a>')
    made = wrap([node], version=version, action="urn:act", headers=[etree.Element("{urn:h}H")])
    found = unwrap(made.body, content_type=made.headers["Content-Type"])
    assert found.version == version
    assert [(str(each.tag), each.text) for each in found.body] == [("{urn:a}a", "<é")]
    assert [str(each.tag) for each in found.headers] == ["{urn:h}H"]
    assert found.fault is None
    assert action_of({name.lower(): value for name, value in made.headers.items()}) == "urn:act"


def test_the_bytes_of_an_envelope() -> None:
    assert envelope([etree.Element("a")]) == (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><a/></soap:Body></soap:Envelope>'
    )


def test_the_headers_of_http() -> None:
    assert http_headers("1.1", "") == {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
    assert http_headers("1.2", "") == {"Content-Type": "application/soap+xml; charset=utf-8"}
    for action in ("a\r\nX: y", 'a"b', "a\\", "é"):
        with pytest.raises(InputError, match="cannot carry"):
            http_headers("1.1", action)
    assert action_of({"soapaction": '"urn:a"'}) == "urn:a"
    assert action_of({"soapaction": '"urn:a"', "content-type": 'application/soap+xml; action="urn:b"'}) == "urn:b"
    assert action_of({}) == ""


@pytest.mark.parametrize(
    ("charset", "declared", "content_type"),
    [
        ("utf-8", "utf-8", None),
        ("iso-8859-1", "iso-8859-1", "text/xml"),
        ("iso-8859-1", "utf-8", "text/xml; charset=ISO-8859-1"),
        ("utf-16", "utf-16", 'text/xml; charset="utf-16"'),
        ("utf-16", "utf-8", "text/xml"),
        ("windows-1252", None, "text/xml; charset=windows-1252"),
        ("utf-8", "iso-8859-1", "text/xml; charset=utf-8"),
    ],
)
def test_charsets(charset: str, declared: str | None, content_type: str | None) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    data = f"{declaration}{_envelope('<a>é</a>').decode()}".encode(charset)
    assert unwrap(data, content_type=content_type).body[0].text == "é"


@pytest.mark.parametrize(
    ("data", "content_type", "words"),
    [
        (b"", None, "the message is empty"),
        (b" \n", None, "the message is empty"),
        (b"<!DOCTYPE html><html><head><title>502\n Bad</title>", None, r"is an HTML page \(502 Bad\)"),
        (b"\n <HTML><body>", "text/html", "is an HTML page$"),
        (b"Service unavailable", "text/plain", "not XML: there is no tag"),
        (b'{"a": 1}', "application/json", "not XML: there is no tag"),
        (b"<a/>", "text/xml; charset=utf-7", "unknown or not taken"),
        (b"<a/>", None, "the root is <a>"),
        (b'<Envelope xmlns="urn:other"/>', None, "not a SOAP envelope"),
        (f'<s:Envelope xmlns:s="{OLD}"/>'.encode(), None, "has no body"),
        (b"--x\r\n", 'multipart/related; boundary="x"', "attachments .MTOM, multipart/related"),
        (_envelope('<a><x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:1"/></a>'), None, "xop:Include"),
        (_envelope("<a/>", attributes='s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"'), None, "rpc/encoded"),
        (_envelope('<a s:encodingStyle="http://www.w3.org/2003/05/soap-encoding"/>', NEW), None, "rpc/encoded"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', None, "document type"),
        (_envelope("<a>\xe9</a>").decode().encode("latin-1"), "text/xml; charset=utf-8", "Invalid bytes|not proper UTF-8"),
    ],
)
def test_what_is_no_envelope_is_told_in_words(data: bytes, content_type: str | None, words: str) -> None:
    with pytest.raises(ConversionError, match=words):
        unwrap(data, content_type=content_type)


def test_an_encoding_style_is_no_matter_for_a_fault_and_when_it_is_none() -> None:
    encoded = 's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"'
    assert unwrap(_envelope("<s:Fault/>", attributes=encoded)).fault is not None
    assert unwrap(_envelope("<a/>", attributes='s:encodingStyle=""')).fault is None


def test_elements_are_no_comments() -> None:
    assert [node.tag for node in elements(etree.fromstring("<a><!--x--><b/><?p?></a>"))] == ["b"]
    assert elements(None) == []
    assert described(b"a\n  b\xff") == "a b\ufffd"


@given(st.binary(max_size=80), st.sampled_from([None, "text/xml; charset=utf-16", "text/html", "multipart/related"]))
def test_nothing_but_errors_of_the_library(data: bytes, content_type: str | None) -> None:
    for each in (data, _envelope("").replace(b"</s:Body>", data + b"</s:Body>")):
        try:
            unwrap(each, content_type=content_type)
        except VtlError:
            continue
