"""The output is XML, and on some branch it is not well-formed.

Every branch is run as for J401, with a word in the place of each unknown value. HTML is left alone.

    <name>$name</Name>         the end tag has another name
    <a href=$url/>             a value needs quotes
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.lint.xml_skeleton import xml_failures


def check(subject: Subject) -> Iterator[Problem]:
    """The distinct failures."""
    for failure in xml_failures(subject.text, subject.exploration, subject.site.media_type):
        message = f"the output is not well-formed XML{failure.when(subject.source)}: {failure.fault.problem}"
        yield Problem(message, failure.span, f"the output there: {failure.excerpt}")


RULE = Rule(code="X501", name="ill-formed-xml", severity=Severity.ERROR, check=check)
