"""The transform between template and backend: by Content-Type, both ways, faults to statuses, nonsense to words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtl.errors import InputError, VtlError
from vtl.transforms.pipeline import Transform

WSDL = Path(__file__).parents[3] / "samples/soap-bridge/parcels.wsdl"
JSON = [("Content-Type", "application/json"), ("X-Own", "1"), ("Content-Length", "2")]
ENVELOPE = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{}</s:Body></s:Envelope>'
FAULT = "<s:Fault><faultcode>s:{}</faultcode><faultstring>why</faultstring><detail>{}</detail></s:Fault>"


def _transform(**settings: Any) -> Transform:
    return Transform.from_document(settings, WSDL.parent)


def _track(**more: Any) -> Transform:
    return _transform(request="soap", response="unsoap", wsdl=WSDL.name, operation="TrackParcel", **more)


def test_json_to_xml_and_back() -> None:
    transform = _transform(request="json2xml", response="xml2json", convention={"preset": "plain", "arrays": ["b"]})
    body, headers = transform.request(b'{"a": {"b": [1, null]}}', JSON)
    assert body.decode().startswith("<a ")
    assert dict(headers) == {"X-Own": "1", "Content-Type": "application/xml; charset=utf-8"}
    status, answer, found = transform.response(201, b"<a><b>1</b></a>", [("Content-Type", "text/xml"), ("ETag", "x")])
    assert (status, json.loads(answer)) == (201, {"a": {"b": ["1"]}})
    assert dict(found) == {"ETag": "x", "Content-Type": "application/json"}


def test_other_types_pass() -> None:
    transform = _transform(request="json2xml", response="xml2json")
    assert transform.request(b"\x89", [("Content-Type", "image/png")]) == (b"\x89", [("Content-Type", "image/png")])
    for kind in ("text/plain", "application/json"):
        assert transform.response(200, b"x", [("Content-Type", kind)]) == (200, b"x", [("Content-Type", kind)])


def test_a_request_of_the_service_and_its_answer() -> None:
    transform = _track()
    body, headers = transform.request(b'{"number": "P000123"}', JSON)
    assert b"<par:number>P000123</par:number>" in body
    assert dict(headers)["SOAPAction"] == '"urn:example:parcels/track"'
    answer = (
        '<p:TrackParcelResponse xmlns:p="urn:example:parcels" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">'
        "<p:state>x</p:state><p:weight>2.750</p:weight><p:express>1</p:express>"
        '<p:delivered i:nil="true"/></p:TrackParcelResponse>'
    )
    status, text, _ = transform.response(200, ENVELOPE.format(answer).encode(), [("Content-Type", "text/xml")])
    assert (status, text) == (200, b'{"state":"x","weight":2.750,"express":true,"delivered":null}')


@pytest.mark.parametrize(
    ("code", "statuses", "status"),
    [("Client", {}, 400), ("Server", {}, 502), ("Client", {"Client": 422}, 422), ("Server", {"UnknownParcel": 404}, 404)],
)
def test_faults_have_their_statuses(code: str, statuses: dict[str, int], status: int) -> None:
    detail = '<p:UnknownParcel xmlns:p="urn:example:parcels"><p:number>P000123</p:number></p:UnknownParcel>'
    transform = _track(faults=statuses) if statuses else _track()
    data = ENVELOPE.format(FAULT.format(code, detail)).encode()
    found, text, _ = transform.response(500, data, [("Content-Type", "text/xml")])
    value = json.loads(text)["fault"]
    assert (found, value["code"], value["message"], value["detail"]) == (status, code, "why", {"number": "P000123"})


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html><title>x</title></html>", "text/html"),
        (b"", "text/xml"),
        (b"plain words", "text/plain"),
        (b"<a>", "text/xml"),
        (b"<a/>", "text/xml"),
        (ENVELOPE.format("<x/>").encode(), "text/xml"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "text/xml"),
        (b"--x", "multipart/related; boundary=x"),
        (b"\x1f\x8b", "text/xml"),
    ],
)
def test_what_is_no_answer_is_a_502_that_can_be_read(body: bytes, kind: str) -> None:
    status, text, headers = _track().response(200, body, [("Content-Type", kind)])
    assert status == 502
    assert len(json.loads(text)["fault"]["message"]) > 20
    assert ("Content-Type", "application/json") in headers


def test_a_compressed_answer_is_told() -> None:
    status, text, _ = _track().response(200, b"x", [("Content-Type", "text/xml"), ("Content-Encoding", "gzip")])
    assert (status, b"compressed" in text) == (502, True)


def test_a_request_that_does_not_fit_is_refused_with_its_path() -> None:
    transform = _track()
    with pytest.raises(VtlError) as caught:
        transform.request(b'{"number": "x"}', JSON)
    status, text, _ = transform.refusal(caught.value)
    assert (status, json.loads(text)["fault"]["path"]) == (400, "$.number")
    for body in (b"{", b"\xff", b"[1]"):
        with pytest.raises(VtlError):
            transform.request(body, JSON)


def test_without_a_wsdl() -> None:
    transform = _transform(request="soap", response="unsoap", version="1.2", action="urn:get")
    body, headers = transform.request(b'{"Get": {"@xmlns": "urn:x", "id": 7}}', JSON)
    assert b'<Get xmlns="urn:x"><id>7</id></Get>' in body
    assert 'action="urn:get"' in dict(headers)["Content-Type"]
    status, text, _ = transform.response(200, body, headers)
    assert (status, json.loads(text)) == (200, {"Get": {"id": "7"}})


def test_xml_is_put_into_an_envelope_and_an_envelope_stays_one() -> None:
    transform = _transform(request="soap")
    body, _ = transform.request(b"<Get/>", [("Content-Type", "text/xml")])
    assert b"<Get/>" in body
    again, _ = transform.request(body, [("Content-Type", "text/xml"), ("SOAPAction", '"mine"')])
    assert again.count(b"Envelope") == body.count(b"Envelope")


def test_a_username_token_goes_along() -> None:
    transform = _transform(request="soap", security={"username": "ada", "password": "<&>"})
    body, _ = transform.request(b'{"Get": 1}', JSON)
    assert b"ada" in body
    assert b"&lt;&amp;&gt;" in body


def test_a_wsdl_that_is_not_there() -> None:
    with pytest.raises(InputError):
        _transform(request="soap", wsdl="none.wsdl", operation="x")
    with pytest.raises(VtlError):
        _transform(request="soap", wsdl=WSDL.name, operation="Nothing")


_KINDS = st.sampled_from(
    ["text/xml", "application/soap+xml; charset=utf-16", "application/json", "text/html", "", "a/b; charset=x"]
)
_BODIES = st.binary(max_size=60) | st.sampled_from([ENVELOPE, FAULT, "<{}/>", '{{"number": {}}}', "[{}]"]).flatmap(
    lambda frame: st.sampled_from(["", "1", "<a/>", "<s:Fault/>", "<!--x-->", "&a;", '"P000123"']).map(
        lambda inner: frame.replace("{}", inner).encode()
    )
)
_TRANSFORMS = st.sampled_from(
    [
        _track(),
        _track(security={"username": "a", "password": "b", "type": "PasswordDigest"}),
        _transform(request="soap", response="unsoap", version="1.2", convention="jsonml"),
        _transform(request="soap", response="unsoap", convention="badgerfish"),
        _transform(request="json2xml", response="xml2json", convention="parker"),
    ]
)


@given(transform=_TRANSFORMS, body=_BODIES, kind=_KINDS, status=st.sampled_from([200, 204, 404, 500]))
def test_answers_raise_nothing_and_requests_only_errors_of_the_library(
    transform: Transform, body: bytes, kind: str, status: int
) -> None:
    found, answer, headers = transform.response(status, body, [("Content-Type", kind)])
    assert 100 <= found <= 599
    assert answer == body or isinstance(json.loads(answer), object)
    assert [name for name, _ in headers].count("Content-Type") == 1
    try:
        transform.request(body, [("Content-Type", kind)])
    except VtlError as error:
        status, answer, _ = transform.refusal(error)
        assert (status, json.loads(answer)["fault"]["code"]) == (400, "Client")


def test_bodies_with_more_parts_than_any_service_sends_are_told() -> None:
    data = ENVELOPE.format("<a/>" * 1_001).encode()
    status, text, _ = _transform(response="unsoap").response(200, data, [("Content-Type", "text/xml")])
    assert (status, "1,001 elements side by side" in json.loads(text)["fault"]["message"]) == (502, True)
    status, text, _ = _track().response(200, data, [("Content-Type", "text/xml")])
    assert (status, len(text) < 400) == (502, True)
