"""`x-vtl-transform` as a document has it, read into plain frozen settings, with an error for every word that means nothing.

x-vtl-transform:
  request: soap            # or json2xml
  response: unsoap         # or xml2json
  wsdl: service.wsdl       # relative to the document; with it types, order and arrays come from the service's own schema
  operation: PlaceOrder
  port: Orders12           # where the WSDL has several
  convention: plain        # without a WSDL: a preset, or {preset: badgerfish, types: recognise, ...}
  version: "1.2"           # without a WSDL: the version of SOAP, and the action
  action: urn:example:place
  faults: {OutOfStock: 409, Client: 422}
  security: {username: ada, password: secret, type: PasswordDigest}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from vtl.errors import InputError
from vtl.transforms.convention import Convention
from vtl.transforms.soap import Version
from vtl.transforms.soap_faults import STATUSES
from vtl.transforms.soap_security import UsernameToken

REQUESTS = ("json2xml", "soap")
RESPONSES = ("xml2json", "unsoap")
_KEYS = ("request", "response", "wsdl", "operation", "port", "version", "action", "convention", "faults", "security")
_SECURITY_KEYS = ("username", "password", "type", "mustUnderstand", "seconds")
_PASSWORDS = ("PasswordText", "PasswordDigest")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a document asks for. `wsdl` is the path as it is written."""

    request: str | None = None
    response: str | None = None
    wsdl: str | None = None
    operation: str | None = None
    port: str | None = None
    version: Version | None = None
    action: str = ""
    convention: Convention = field(default_factory=Convention)
    statuses: Mapping[str, int] = field(default_factory=lambda: STATUSES)
    security: UsernameToken | None = None

    @property
    def uses_soap(self) -> bool:
        """Whether there is an envelope on either side."""
        return self.request == "soap" or self.response == "unsoap"


def read_settings(value: object) -> Settings:
    """The settings in the value of `x-vtl-transform`. InputError, with the nearest word, for what it does not know."""
    table = _table(value, "x-vtl-transform", _KEYS)
    settings = Settings(
        request=_word(table, "request", REQUESTS),
        response=_word(table, "response", RESPONSES),
        wsdl=_text(table, "wsdl"),
        operation=_text(table, "operation"),
        port=_text(table, "port"),
        version=_version(table),
        action=_text(table, "action") or "",
        convention=_convention(table.get("convention")),
        statuses=MappingProxyType({**STATUSES, **_statuses(table)}),
        security=_security(table),
    )
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    """InputError for settings that do not go together."""
    if settings.request is None and settings.response is None:
        raise InputError(
            "x-vtl-transform does nothing", hint="give it a request (json2xml, soap) or a response (xml2json, unsoap)"
        )
    if settings.wsdl is not None and settings.operation is None:
        raise InputError("x-vtl-transform has a wsdl, but no operation", hint="give the name of one of its operations")
    for key, given in (("operation", settings.operation), ("port", settings.port)):
        if given is not None and settings.wsdl is None:
            raise InputError(f"x-vtl-transform has {key}, but no wsdl that could have it")
    if settings.wsdl is not None and not settings.uses_soap:
        raise InputError("a wsdl is for soap and unsoap, not for json2xml and xml2json")
    if settings.wsdl is not None and settings.action:
        raise InputError("the action comes from the wsdl: leave one of them out")


def _table(value: object, name: str, known: Iterable[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(f"{name} must be a mapping")
    for key in value:
        if key not in known:
            near = get_close_matches(str(key), list(known), 1)
            hint = f"did you mean {near[0]!r}?" if near else f"it knows {', '.join(known)}"
            raise InputError(f"{name}: unknown setting {key!r}", hint=hint)
    return value


def _text(table: Mapping[str, Any], key: str) -> str | None:
    value = table.get(key)
    if value is not None and (not isinstance(value, str) or not value):
        raise InputError(f"x-vtl-transform: {key} must be a text, not {value!r}")
    return value


def _word(table: Mapping[str, Any], key: str, words: tuple[str, ...]) -> str | None:
    value = _text(table, key)
    if value is not None and value not in words:
        raise InputError(f"x-vtl-transform: {key} is {value!r}; it can be {' or '.join(words)}")
    return value


def _version(table: Mapping[str, Any]) -> Version | None:
    """The version; YAML makes a number of 1.1 without quotes."""
    value = table.get("version")
    versions: dict[str, Version] = {"1.1": "1.1", "1.2": "1.2"}
    if value is not None and str(value) not in versions:
        raise InputError(f"x-vtl-transform: version is {value!r}; it can be 1.1 or 1.2")
    return None if value is None else versions[str(value)]


def _convention(value: object) -> Convention:
    if value is None:
        return Convention()
    if isinstance(value, str):
        return Convention.named(value)
    if not isinstance(value, Mapping):
        raise InputError("x-vtl-transform: convention must be a name or a mapping")
    options = {str(key): item for key, item in value.items()}
    preset = options.pop("preset", "plain")
    if not isinstance(preset, str):
        raise InputError("x-vtl-transform: preset must be the name of a convention")
    try:
        return Convention.of(preset, options)
    except TypeError as error:
        raise InputError(f"x-vtl-transform: the convention has a value of the wrong kind: {error}") from None


def _statuses(table: Mapping[str, Any]) -> dict[str, int]:
    found = table.get("faults", {})
    if not isinstance(found, Mapping):
        raise InputError("x-vtl-transform: faults must be a mapping of faults to statuses")
    for name, status in found.items():
        if not isinstance(status, int) or isinstance(status, bool) or not 100 <= status <= 599:
            raise InputError(f"x-vtl-transform: the status for {name!r} is {status!r}; it must be a number such as 409")
    return {str(name): status for name, status in found.items()}


def _security(table: Mapping[str, Any]) -> UsernameToken | None:
    if table.get("security") is None:
        return None
    found = _table(table["security"], "x-vtl-transform: security", _SECURITY_KEYS)
    name, password, kind = (
        found.get(key, default) for key, default in (("username", ""), ("password", ""), ("type", _PASSWORDS[0]))
    )
    if not isinstance(name, str) or not name or not isinstance(password, str):
        raise InputError("x-vtl-transform: security needs a username and a password, as texts")
    if kind not in _PASSWORDS:
        raise InputError(f"x-vtl-transform: the type of the password is {kind!r}; it can be {' or '.join(_PASSWORDS)}")
    seconds, must = found.get("seconds"), found.get("mustUnderstand", True)
    if seconds is not None and (not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 < seconds <= 86_400):
        raise InputError(f"x-vtl-transform: seconds is {seconds!r}; it must be a number up to 86400")
    if not isinstance(must, bool):
        raise InputError(f"x-vtl-transform: mustUnderstand is {must!r}; it must be true or false")
    return UsernameToken(name, password, digest=kind == "PasswordDigest", must_understand=must, seconds=seconds)
