"""The UsernameToken of WS-Security; zeep makes the same one."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime, timedelta, timezone

import pytest
from lxml import etree

from vtl.errors import InputError
from vtl.transforms.soap import ENVELOPES
from vtl.transforms.soap_security import WSSE, WSU, UsernameToken, password_digest, security_header

NOW = datetime(2026, 1, 31, 12, 30, 0, 250_000, tzinfo=UTC)


def _find(node: etree._Element, name: str) -> str:
    return node.findtext(f".//{{{WSSE}}}{name}") or node.findtext(f".//{{{WSU}}}{name}") or ""


def test_the_password_as_text() -> None:
    node = security_header(UsernameToken("ada", "s<cret"))
    assert (_find(node, "Username"), _find(node, "Password"), _find(node, "Nonce")) == ("ada", "s<cret", "")
    assert node.get(f"{{{ENVELOPES['1.1']}}}mustUnderstand") == "1"
    assert node.find(f".//{{{WSSE}}}Password").get("Type", "").endswith("#PasswordText")
    assert security_header(UsernameToken("a", "b", must_understand=False)).attrib == {}
    assert security_header(UsernameToken("a", "b"), "1.2").get(f"{{{ENVELOPES['1.2']}}}mustUnderstand") == "true"


def test_the_password_as_a_digest() -> None:
    node = security_header(UsernameToken("ada", "secret", digest=True), now=NOW, nonce=b"0123456789abcdef")
    assert _find(node, "Created") == "2026-01-31T12:30:00.250Z"
    assert b64decode(_find(node, "Nonce")) == b"0123456789abcdef"
    assert _find(node, "Password") == password_digest(b"0123456789abcdef", "2026-01-31T12:30:00.250Z", "secret")
    assert b"secret" not in etree.tostring(node)
    nonces = {_find(security_header(UsernameToken("a", "b", digest=True)), "Nonce") for _ in range(5)}
    assert len(nonces) == 5


def test_zeep_computes_the_same_digest() -> None:
    wsse = pytest.importorskip("zeep.wsse.username")
    made = wsse.UsernameToken("ada", "secret", use_digest=True, nonce="0123456789abcdef", created=NOW)
    envelope = etree.fromstring(f'<s:Envelope xmlns:s="{ENVELOPES["1.1"]}"><s:Body/></s:Envelope>')
    signed, _ = made.apply(envelope, {})
    assert _find(signed, "Password") == password_digest(b"0123456789abcdef", _find(signed, "Created"), "secret")


def test_a_timestamp() -> None:
    node = security_header(UsernameToken("a", "b", seconds=300), now=NOW.astimezone(timezone(timedelta(hours=2))))
    assert (_find(node, "Created"), _find(node, "Expires")) == ("2026-01-31T12:30:00.250Z", "2026-01-31T12:35:00.250Z")


def test_secrets_are_not_shown_and_must_be_xml() -> None:
    assert "secret" not in repr(UsernameToken("ada", "secret"))
    with pytest.raises(InputError, match="XML cannot hold"):
        security_header(UsernameToken("a\x00", "b"))
