"""Which headers pass, which are renamed, which may not be mapped: the rules as data, and the few functions that apply them.

Recorded on AWS for every header named here, with a regional endpoint; see also "Amazon API Gateway important notes".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vtl.mapping.failures import internal_error
from vtl.mapping.substitution import shown
from vtl.messages import NOT_SEEN

Pairs = list[tuple[str, str]]
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_BREAKS = re.compile(r"[\r\n\0]+")

NOT_PROXIED = frozenset({"host", "content-encoding", "via"})
"""Headers of a caller that HTTP_PROXY does not hand on, besides `NOT_SEEN`."""
NOT_SENT = frozenset({"connection", "expect", "proxy-authenticate", "te", "via"})
"""Headers that may be mapped toward a backend and do not reach it."""
FORBIDDEN = frozenset({"content-length", "transfer-encoding", "x-amzn-apigateway-api-id", "x-amzn-trace-id"})
"""Headers whose mapping toward a backend is an error of the configuration."""
FORBIDDEN_TO_AWS = FORBIDDEN | {"authorization", "connection", "expect", "proxy-authenticate", "te"}
"""The same for AWS and AWS_PROXY."""
REMAPPED = frozenset(
    [
        "authorization",
        "connection",
        "content-length",
        "content-md5",
        "date",
        "expect",
        "host",
        "max-forwards",
        "proxy-authenticate",
        "server",
        "trailer",
        "upgrade",
        "user-agent",
        "www-authenticate",
    ]
)
"""Mapped headers of an answer that come out as `x-amzn-Remapped-...`."""
REMAPPED_FROM_PROXY = frozenset({"connection", "content-length", "date", "server"})
"""Headers of a function behind AWS_PROXY that come out so."""
REMAPPED_FROM_HTTP_PROXY = REMAPPED_FROM_PROXY | {"x-amzn-requestid"}
"""The same for a backend behind HTTP_PROXY."""
LOST_FROM_PROXY = frozenset({"transfer-encoding"})
LOST_FROM_HTTP_PROXY = LOST_FROM_PROXY | {"via", "content-encoding"}
_PREFIX = "x-amzn-Remapped-"
_SPELT = {"authorization": "Authorization", "user-agent": "User-Agent", "host": "Host"}
"""Names that are spelt this way, however the caller spelt them; all others are kept."""


def seen(headers: Iterable[tuple[str, str]]) -> Pairs:
    """A caller's headers as templates, mappings and functions see them."""
    return [(_SPELT.get(name.lower(), name), value) for name, value in headers if name.lower() not in NOT_SEEN]


def check_mapped(names: Iterable[str], *, aws: bool) -> None:
    """GatewayFailure, 500, when one of these headers may not be mapped toward the backend."""
    forbidden = FORBIDDEN_TO_AWS if aws else FORBIDDEN
    for name in names:
        if name.lower() in forbidden:
            raise internal_error(f"the header {name} cannot be mapped")


def merged(base: Pairs, mapped: Iterable[tuple[str, object]]) -> Pairs:
    """The headers with mapped ones in the place of those of the same name; a list gives one header for each of its values."""
    given = [(name, text) for name, value in mapped for text in texts(value)]
    return without(base, given) + given


def without(base: Iterable[tuple[str, str]], given: Iterable[tuple[str, str]]) -> Pairs:
    """The headers that have none of the given ones' names, in any case."""
    names = {name.lower() for name, _ in given}
    return [pair for pair in base if pair[0].lower() not in names]


def texts(value: object) -> Sequence[str]:
    """The values of a mapped header or parameter as Java and JSON spell them."""
    if isinstance(value, list | tuple):
        return [shown(each) for each in value]
    return (shown(value),)


def clean(headers: Iterable[tuple[str, str]]) -> Pairs:
    """The headers without what would break out of its line: a line break in a value is a blank, a name that HTTP does not have
    is left out. Templates make both from what callers send; whoever writes the message to a socket need not think of it."""
    return [(name, _BREAKS.sub(" ", value)) for name, value in headers if _NAME.fullmatch(name)]


def remapped(name: str, value: str) -> tuple[str, str] | None:
    """A mapped header of an answer under the name that the caller sees; None for one that vanishes."""
    low = name.lower()
    if low == "transfer-encoding":
        return None
    return (_PREFIX + name, value) if low in REMAPPED else (name, value)


def from_proxy(headers: Iterable[tuple[str, str]], *, http: bool) -> Pairs:
    """The headers of a backend behind HTTP_PROXY, or AWS_PROXY, as the caller sees them."""
    lost, renamed = (LOST_FROM_HTTP_PROXY, REMAPPED_FROM_HTTP_PROXY) if http else (LOST_FROM_PROXY, REMAPPED_FROM_PROXY)
    kept = [pair for pair in headers if pair[0].lower() not in lost]
    return [(_PREFIX + name if name.lower() in renamed else name, value) for name, value in kept]
