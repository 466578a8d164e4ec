"""The rules of browsers: when they ask beforehand, for what, and which answers they take.

See: the Fetch standard, "CORS protocol" and "CORS-safelisted request-header".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vtl.messages import HttpResponse, header_values
from vtl.model import Method, RestApi

SIMPLE_METHODS = ("GET", "HEAD", "POST")
_SIMPLE_HEADERS = frozenset({"accept", "accept-language", "content-language", "range"})
_SIMPLE_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
_PARAMETER = re.compile(r"\{[^{}]*\}")
_SOME_ORIGIN = "https://page.example"


@dataclass(frozen=True, slots=True)
class Asked:
    """The page: its origin (None: any that the API allows), the headers that it sends, and whether with cookies."""

    origin: str | None = None
    headers: tuple[str, ...] = ()
    credentials: bool = False

    @property
    def sent_origin(self) -> str:
        """What a request has as Origin."""
        return self.origin or _SOME_ORIGIN

    def allows(self, value: str) -> bool:
        """Whether an Access-Control-Allow-Origin of that value lets the page read an answer."""
        if value == "*":
            return not self.credentials
        return value == self.sent_origin or (self.origin is None and "://" in value and "," not in value and " " not in value)

    def allows_mapping(self, value: str) -> bool:
        """The same for a mapping: only a text in quotes is known beforehand."""
        if len(value) > 1 and value[0] == value[-1] == "'":
            return self.allows(value[1:-1])
        return True


def sent_method(method: Method) -> str:
    """The method that a page uses; for ANY, POST stands for all."""
    return "POST" if method.http_method == "ANY" else str(method.http_method).upper()


def sample_path(path: str) -> str:
    """A path that leads to a resource: a word for each of its variables."""
    return _PARAMETER.sub("x", path)


def needed_headers(api: RestApi, method: Method, asked: Asked) -> list[str]:
    """The headers that a page has to send and a browser asks for beforehand, in lower case and sorted, as browsers send them."""
    names = {name.lower() for name in asked.headers}
    if method.authorization_type == "AWS_IAM":
        names |= {"authorization", "x-amz-date"}
    elif method.authorization_type != "NONE":
        known = next((each for each in api.authorizers if each.name == method.authorizer), None)
        sources = known.identity_source if known is not None else ()
        own = {source.rpartition(".")[2].lower() for source in sources if ".header." in source}
        names |= own or (set() if sources else {"authorization"})
    if method.api_key_required and api.api_key_source == "HEADER":
        names.add("x-api-key")
    required = (name for name, needed in method.request_parameters.items() if needed and ".header." in name)
    names |= {name.rpartition(".header.")[2].lower() for name in required}
    if sent_method(method) in ("POST", "PUT", "PATCH") and _takes_other_than_forms(method):
        names.add("content-type")
    return sorted(name for name in names if name not in _SIMPLE_HEADERS)


def _takes_other_than_forms(method: Method) -> bool:
    """Whether bodies are meant to have a type that a form of HTML cannot have; where nothing is said, they are JSON."""
    integration = method.integration
    kinds = [*method.request_models, *(integration.request_templates if integration is not None else ())]
    return not kinds or any(not kind.lower().startswith(_SIMPLE_TYPES) for kind in kinds)


def needs_preflight(verb: str, headers: Sequence[str]) -> bool:
    """Whether a browser asks before it sends such a request."""
    return verb not in SIMPLE_METHODS or bool(headers)


def complaints(
    answer: HttpResponse, verb: str | None, headers: Sequence[str], asked: Asked
) -> Iterator[tuple[str, str, str | None]]:
    """Why a browser refuses an answer: a code, a sentence, a hint. `verb` is None for an answer that is not a preflight's."""
    if verb is not None and not 200 <= answer.status < 300:
        yield "cors-preflight-refused", f"its status is {answer.status}, and only 200 to 299 will do", None
    origins = header_values(answer.headers, "Access-Control-Allow-Origin")
    if not origins:
        yield "cors-origin", "it has no Access-Control-Allow-Origin", None
    elif len(origins) > 1 or not asked.allows(origins[0]):
        shown = ", ".join(origins)
        why = "with cookies * does not count" if shown == "*" else "it must be the page's own origin, once, or *"
        yield "cors-origin", f"it allows {shown!r}, not {asked.sent_origin!r}", why
    if asked.credentials and header_values(answer.headers, "Access-Control-Allow-Credentials") != ["true"]:
        yield "cors-credentials", "it has no Access-Control-Allow-Credentials: true", None
    if verb is None:
        return
    methods = _listed(answer, "Access-Control-Allow-Methods")
    if verb not in (*methods, *SIMPLE_METHODS) and (asked.credentials or "*" not in methods):
        yield "cors-methods", f"its Access-Control-Allow-Methods lacks {verb}", f"it has: {', '.join(methods) or 'nothing'}"
    allowed = {name.lower() for name in _listed(answer, "Access-Control-Allow-Headers")}
    every = "*" in allowed and not asked.credentials
    missing = [name for name in headers if name not in allowed and not (every and name != "authorization")]
    if missing:
        hint = "* does not stand for authorization" if every else f"it has: {', '.join(sorted(allowed)) or 'nothing'}"
        yield "cors-headers", f"its Access-Control-Allow-Headers lacks {', '.join(missing)}", hint


def _listed(answer: HttpResponse, name: str) -> list[str]:
    return [part.strip() for value in header_values(answer.headers, name) for part in value.split(",") if part.strip()]
