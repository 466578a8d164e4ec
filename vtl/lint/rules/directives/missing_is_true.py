"""A value that may be missing is tested for truth or for its length, and is true when it is missing.

On API Gateway a reference without a value is the empty text, and only Boolean false is false: `#if($item.race)` is true when
there is no race, and `$name.length() != 0` as well, since the call on nothing gives an empty text. $input.params(...) is a text
and therefore always true. Tests that another one in the same condition backs up are left alone, and so are variables that the
template itself makes true or false.

    #if($item.race)                        #if($item.race != "")
    #if($input.params('page'))             #if($input.params('page') != "")
    #if($input.path('$.a').length() != 0)  #if($input.path('$.a').length() > 0)

Recorded on AWS.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lang.visitor import walk
from vtl.lint.abstract.state import Note
from vtl.lint.abstract.unknown import ANY, JSON, NUMBER, TEXT
from vtl.lint.finding import Edit, Fix
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span


def check(subject: Subject) -> Iterator[Problem]:
    """The tests of unknown values that are not backed up, each once."""
    notes: dict[Span, Note] = {}
    for run in subject.exploration.runs:
        for note in run.notes:
            if note.kind in ("truth", "length"):
                notes.setdefault(note.span, note)
    for node in subject.nodes:
        if not isinstance(node, nodes.Branch):
            continue
        references = [each for each in walk(node.condition) if isinstance(each, nodes.Reference)]
        for reference in references:
            known = notes.get(reference.span)
            if known is not None and not _backed_up(reference, references) and not _exempt(known):
                yield _problem(subject, reference, known)


def _exempt(note: Note) -> bool:
    """Whether another rule speaks of it, or the value is no text or value of a body."""
    key = note.unknown.key
    return key.startswith("context.authorizer") or note.unknown.kind not in (ANY, TEXT, JSON, NUMBER)


def _backed_up(reference: nodes.Reference, others: list[nodes.Reference]) -> bool:
    """Whether the same value stands in another test of the condition."""
    words = _core(reference.literal)
    return any(each is not reference and _core(each.literal).startswith(words) for each in others)


def _core(literal: str) -> str:
    return literal.replace("{", "").replace("}", "").replace("!", "", 1) if literal.startswith("$!") else literal.strip("{}")


def _problem(subject: Subject, reference: nodes.Reference, note: Note) -> Problem:
    words = subject.words(reference)
    if note.kind == "length":
        return Problem(f"`{words} != 0` is true when there is nothing to measure", reference.span, f"{words} > 0")
    if note.unknown.kind == NUMBER:
        return Problem(f"`{words}` is a number, and always true, also when it is 0", reference.span, f"{words} > 0")
    fix = Fix((Edit(Span(reference.span.end, reference.span.end), ' != ""'),), False, 'Compare with ""')
    if note.unknown.kind in (TEXT, JSON):
        return Problem(f"`{words}` is a text, and always true, also when it is empty", reference.span, f'{words} != ""', fix=fix)
    return Problem(f"`{words}` is true when it is missing", reference.span, f'{words} != ""', fix=fix)


RULE = Rule(code="D306", name="missing-is-true", severity=Severity.WARNING, check=check, fixes="unsafe")
