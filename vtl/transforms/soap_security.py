"""WS-Security for a request: the UsernameToken, with the password as text or as a digest, and a timestamp.

See: Web Services Security UsernameToken Profile 1.1, section 3; WS-Security 1.1, section 10, for the timestamp.
"""

from __future__ import annotations

import hashlib
import os
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from lxml import etree

from vtl.errors import InputError
from vtl.transforms.soap import ENVELOPES, Version

_OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
WSSE = f"{_OASIS}-wssecurity-secext-1.0.xsd"
WSU = f"{_OASIS}-wssecurity-utility-1.0.xsd"
_PROFILE = f"{_OASIS}-username-token-profile-1.0"
_BASE64 = f"{_OASIS}-soap-message-security-1.0#Base64Binary"


@dataclass(frozen=True, slots=True)
class UsernameToken:
    """Who sends a request. With `digest` the password itself is not sent, but proved by a nonce and the time.

    `seconds` is how long the message counts: with it a timestamp is sent as well.
    """

    username: str
    password: str = field(repr=False)
    digest: bool = False
    must_understand: bool = True
    seconds: int | None = None


def security_header(
    token: UsernameToken, version: Version = "1.1", *, now: datetime | None = None, nonce: bytes | None = None
) -> etree._Element:
    """The `wsse:Security` element for a header. `now` and `nonce` are made up unless they are given.

    InputError for a name or a password that XML cannot hold.
    """
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    created = _instant(moment)
    security = etree.Element(f"{{{WSSE}}}Security", nsmap={"wsse": WSSE, "wsu": WSU})
    if token.must_understand:
        security.set(f"{{{ENVELOPES[version]}}}mustUnderstand", "1" if version == "1.1" else "true")
    if token.seconds is not None:
        timestamp = etree.SubElement(security, f"{{{WSU}}}Timestamp")
        etree.SubElement(timestamp, f"{{{WSU}}}Created").text = created
        etree.SubElement(timestamp, f"{{{WSU}}}Expires").text = _instant(moment + timedelta(seconds=token.seconds))
    node = etree.SubElement(security, f"{{{WSSE}}}UsernameToken")
    try:
        etree.SubElement(node, f"{{{WSSE}}}Username").text = token.username
        password = etree.SubElement(node, f"{{{WSSE}}}Password")
        if not token.digest:
            password.set("Type", f"{_PROFILE}#PasswordText")
            password.text = token.password
            return security
    except ValueError:
        raise InputError("the user name or the password has characters that XML cannot hold") from None
    number = os.urandom(16) if nonce is None else nonce
    password.set("Type", f"{_PROFILE}#PasswordDigest")
    password.text = password_digest(number, created, token.password)
    nonce_node = etree.SubElement(node, f"{{{WSSE}}}Nonce")
    nonce_node.set("EncodingType", _BASE64)
    nonce_node.text = b64encode(number).decode("ascii")
    etree.SubElement(node, f"{{{WSU}}}Created").text = created
    return security


def password_digest(nonce: bytes, created: str, password: str) -> str:
    """Base64 of the SHA-1 of nonce, time and password, which the profile prescribes."""
    data = nonce + created.encode("utf-8") + password.encode("utf-8", "surrogatepass")
    return b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")


def _instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
