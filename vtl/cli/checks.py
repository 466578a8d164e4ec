"""Is the output JSON or XML, if it should be? The choice of the check and what it finds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from vtl.cli.json_text import json_fault
from vtl.cli.urls import header
from vtl.diagnostics import Diagnostic, Severity
from vtl.source import Source, Span

_JSON_TYPE = re.compile(r"(?:application|text)/(?:json|x-amz-json-[\d.]+|[^;\s]+\+json)", re.IGNORECASE)
_XML_TYPE = re.compile(r"(?:application|text)/(?:xml|[^;\s]+\+xml)", re.IGNORECASE)
_NAME_TYPE = re.compile(r"\.(json|xml|txt|html?|csv|form)\.(?:vtl|vm)$", re.IGNORECASE)
_EXCERPT = 60
_NAMES = {"json": "JSON", "xml": "XML"}


@dataclass(frozen=True, slots=True)
class Finding:
    """The first place (an offset into the output) at which the output is not what it should be, and what is wrong there."""

    kind: str
    offset: int
    problem: str


def kind_of(content_type: str) -> str:
    """ "json", "xml" or "none" for a content type."""
    media_type = content_type.partition(";")[0].strip()
    if _JSON_TYPE.fullmatch(media_type):
        return "json"
    return "xml" if _XML_TYPE.fullmatch(media_type) else "none"


def choose_check(output: str, *, template: str, headers: Mapping[str, str], context: Mapping[str, Any], response: bool) -> str:
    """What --check auto checks: "json", "xml" or "none".

    A Content-Type header that the template itself wrote into the override decides, then the template's name (`order.json.vtl`,
    `order.xml.vtl`, `order.txt.vtl`). After those only the caller's word is left, Content-Type for a request and Accept for a
    response, application/json without one (AWS's guide: template choice); it does not bind the template, which may well make a
    form or plain text. So then the output must look like it as well: start with `{` or `[` for JSON, with `<` for XML.
    """
    override = context.get("responseOverride" if response else "requestOverride")
    written = header(_texts(override.get("header")), "content-type") if isinstance(override, Mapping) else None
    if written is not None:
        return kind_of(written)
    if named := _NAME_TYPE.search(template):
        return named[1].lower() if named[1].lower() in _NAMES else "none"
    stated = (header(headers, "accept" if response else "content-type") or "").partition(",")[0]
    start = output.lstrip()
    if start.startswith(("{", "[")) and kind_of(stated) != "xml":
        return "json"
    return "xml" if start.startswith("<?xml") or (start.startswith("<") and kind_of(stated) == "xml") else "none"


def _texts(value: object) -> dict[str, str]:
    return {str(name): item for name, item in value.items() if isinstance(item, str)} if isinstance(value, Mapping) else {}


def check_output(output: str, kind: str) -> Finding | None:
    """What is wrong with the output as "json" or "xml", or None; "none" finds nothing."""
    if kind == "json":
        fault = json_fault(output)
        return Finding(kind, fault.offset, fault.problem) if fault else None
    if kind == "xml":
        from vtl.transforms.safe import xml_fault

        broken = xml_fault(output)
        return Finding(kind, broken.offset, broken.problem) if broken else None
    return None


@dataclass(frozen=True, slots=True)
class Origins:
    """What in the template made the output: where each piece starts and came from, and the references that printed nothing."""

    pieces: Sequence[tuple[int, Span]]
    silent: Set[Span]


def explain(finding: Finding, output: str, source: Source, origins: Origins, severity: Severity) -> Diagnostic:
    """The finding as a diagnostic: the place in the output in words, and the place in the template that made it as its own."""
    place = Source("", output).place(finding.offset)
    message = (
        f"the output is not {_NAMES[finding.kind]}: {finding.problem}, at line {place.line}, column {place.column} of the output"
    )
    span = _origin(finding.offset, output, source, origins)
    return Diagnostic(message, source, span, severity, code=f"not-{finding.kind}", hint=_excerpt(output, finding.offset))


def _origin(offset: int, output: str, source: Source, origins: Origins) -> Span | None:
    """What in the template made the output there: a reference that printed nothing right before, else what prints there."""
    end = len(output[:offset].rstrip())
    holder: tuple[int, Span] | None = None
    nothing: Span | None = None
    for start, span in origins.pieces:
        if start > offset:
            break
        if start < len(output) or holder is None:
            holder = (start, span)
        if start >= end and span in origins.silent:
            nothing = span
    if nothing or not holder:
        return nothing
    start, span = holder
    shift = offset - start
    inside = source.text[span.start : span.end]
    if shift < len(inside) and inside[: shift + 1] == output[start : offset + 1]:
        return Span(span.start + shift, span.start + shift + 1)
    return span


def _excerpt(output: str, offset: int) -> str:
    source = Source("", output)
    place = source.place(offset)
    line = source.line(place.line)
    start = max(0, place.column - 1 - _EXCERPT // 2)
    shown = line[start : start + _EXCERPT]
    dots = ("..." * (start > 0), "..." * (start + _EXCERPT < len(line)))
    return f"line {place.line} of the output is: {dots[0]}{shown.strip()}{dots[1]}"
