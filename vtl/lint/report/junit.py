"""JUnit's XML: a test suite for each file, with a failed test case for each finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from vtl.lint.finding import Finding

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(findings: Sequence[Finding], colour: bool) -> str:
    """The document. Without findings it has one test case that passed, since some readers take none for a failure."""
    files: dict[str, list[Finding]] = {}
    for finding in findings:
        files.setdefault(finding.file, []).append(finding)
    suites = [_suite(file, found) for file, found in files.items()]
    if not suites:
        suites = [
            ' <testsuite name="vtl lint" tests="1" failures="0" errors="0">\n  <testcase name="vtl lint"/>\n </testsuite>\n'
        ]
    total = max(1, len(findings))
    head = f'<testsuites name="vtl lint" tests="{total}" failures="{len(findings)}" errors="0">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{"".join(suites)}</testsuites>\n'


def _suite(file: str, findings: Sequence[Finding]) -> str:
    count = len(findings)
    cases = "".join(_case(each) for each in findings)
    return f' <testsuite name={_quoted(file)} tests="{count}" failures="{count}" errors="0">\n{cases} </testsuite>\n'


def _case(finding: Finding) -> str:
    name = f"{finding.code} {finding.line}:{finding.column}"
    body = escape(_NO_XML.sub("?", finding.render()))
    return (
        f"  <testcase name={_quoted(name)} classname={_quoted(finding.file)}>\n"
        f"   <failure type={_quoted(finding.severity.value)} message={_quoted(finding.message)}>{body}</failure>\n"
        "  </testcase>\n"
    )


def _quoted(text: str) -> str:
    return quoteattr(_NO_XML.sub("?", text))
