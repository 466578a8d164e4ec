"""AWS_PROXY: what a function's result becomes.

See: "Output format of a Lambda function for proxy integration"; what is refused with a 502 is recorded. Numbers and
booleans are taken for texts, as recorded for headers; a body that is an object or a list is documented to be malformed.
"""

from __future__ import annotations

from collections.abc import Mapping

from vtl.gateway.statuses import status_of
from vtl.mapping.content import decoded
from vtl.mapping.failures import DEFAULT_5XX, GatewayFailure
from vtl.messages import HttpResponse
from vtl.values.text import to_text

FUNCTION_ERROR = "Lambda execution failed with status 200 due to customer function error"
_KEYS = frozenset({"statusCode", "body", "headers", "multiValueHeaders", "isBase64Encoded"})


def proxy_answer(result: object, *, decodes: bool) -> HttpResponse:
    """The answer. `decodes` tells whether the caller accepts a binary media type, without which base64 stays text.

    GatewayFailure, 502, for a result of another shape; 500 for a body that is to be decoded and is no base64.
    """
    if not isinstance(result, Mapping):
        raise malformed("the function's result is no object")
    unknown = [key for key in result if key not in _KEYS]
    if unknown:
        raise malformed(f"the function's result has a member {unknown[0]!r}")
    body = result.get("body")
    if isinstance(body, Mapping | list | tuple):
        raise malformed("body is no text")
    raw = "" if body is None else to_text(body)
    content = decoded(raw) if result.get("isBase64Encoded") is True and decodes else raw.encode("utf-8", "surrogatepass")
    return HttpResponse(_status(result.get("statusCode")), _headers(result), content)


def malformed(reason: str) -> GatewayFailure:
    """What a function gave back is no answer: 502, which no type of gateway response names."""
    return GatewayFailure(DEFAULT_5XX, status=502, reason=f"Malformed Lambda proxy response: {reason}")


def failed(payload: str) -> GatewayFailure:
    """The function itself has failed: the same 502, with what it said for the log."""
    return GatewayFailure(DEFAULT_5XX, status=502, reason=f"{FUNCTION_ERROR}: {payload}")


def _status(value: object) -> int:
    if value is None:
        return 200
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    status = status_of(value)
    if status is None:
        raise malformed(f"statusCode is {value!r}")
    return status


def _headers(result: Mapping[object, object]) -> list[tuple[str, str]]:
    """Both maps as one; the values of one name, in any case, come under the name that multiValueHeaders has for it, once each."""
    single, multiple = _map(result, "headers"), _map(result, "multiValueHeaders")
    spelt: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    for name, several in multiple.items():
        if not isinstance(several, list | tuple):
            raise malformed(f"multiValueHeaders has no list for {name!r}")
        spelt.setdefault(str(name).lower(), str(name))
        values.setdefault(str(name).lower(), []).extend(map(_text, several))
    for name, value in single.items():
        if isinstance(value, dict | list):
            raise malformed(f"headers has no text for {name!r}")
        text = _text(value)
        known = values.setdefault(str(name).lower(), [])
        spelt.setdefault(str(name).lower(), str(name))
        if text not in known:
            known.append(text)
    return [(spelt[key], text) for key, several in values.items() for text in several]


def _map(result: Mapping[object, object], name: str) -> Mapping[object, object]:
    found = result.get(name)
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise malformed(f"{name} is no object")
    return found


def _text(value: object) -> str:
    return "" if value is None else to_text(value)
