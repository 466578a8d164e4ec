"""A SOAP envelope has a namespace that is not SOAP's, or none.

SOAP 1.1 and 1.2 tell each other apart by the namespace alone; a service answers VersionMismatch to any other.

    <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">       SOAP 1.1
    <soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope">         SOAP 1.2

See: W3C, SOAP Version 1.2 Part 1, section 5; SOAP 1.1, section 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.abstract.unknown import MARK
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject

_ENVELOPE = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:([\w.-]+):)?Envelope\b([^>]*)>", re.DOTALL)
_SOAP = ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")


def check(subject: Subject) -> Iterator[Problem]:
    """One problem, in the first run whose envelope is wrong."""
    for run in subject.exploration.runs:
        found = _ENVELOPE.match(run.text)
        if found is None:
            continue
        name = f"xmlns:{found[1]}" if found[1] else "xmlns"
        declared = re.search(rf"(?<![\w:.-]){re.escape(name)}\s*=\s*([\"'])(.*?)\1", found[2], re.DOTALL)
        if declared and (declared[2] in _SOAP or MARK.search(declared[2])):
            continue
        origin = run.origin(found.end() - 1)
        said = f"the namespace {declared[2]!r}" if declared else f"no {name}"
        yield Problem(f"the Envelope has {said}, which is not SOAP's", origin[0] if origin else None, " or ".join(_SOAP))
        return


RULE = Rule(code="X503", name="soap-namespace", severity=Severity.ERROR, check=check)
