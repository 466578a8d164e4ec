"""From templates and settings to findings: parse, run the rules, drop what is suppressed, sort."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cached_property

from vtl.diagnostics import Diagnostic, Severity
from vtl.dialect import APIGATEWAY
from vtl.errors import TemplateError
from vtl.lang.parser import Syntax, parse
from vtl.limits import Limits
from vtl.lint import suppress
from vtl.lint.config import Config, find_config
from vtl.lint.facts import Facts
from vtl.lint.finding import Finding
from vtl.lint.registry import all_rules
from vtl.lint.rule import Problem, Rule
from vtl.lint.rules.limits import template_too_large
from vtl.lint.rules.syntax import mangled_by_host, syntax_error, unclosed_block, unused_noqa
from vtl.lint.site import TEMPLATE, FilePlace, HostComment, HostTemplate, IntegrationSite, Site
from vtl.lint.subject import Subject
from vtl.source import Source, Span

_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Linter:
    """Runs the rules that a configuration turns on."""

    def __init__(self, config: Config):
        self.config = config
        self._facts: dict[tuple[str, tuple[Span, ...]], Facts] = {}
        self._beside: dict[FilePlace, list[suppress.Suppression]] = {}

    @cached_property
    def _codes(self) -> frozenset[str]:
        return self.config.codes()

    @cached_property
    def _template_rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in all_rules() if rule.check is not None and rule.code in self._codes)

    @cached_property
    def _integration_rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in all_rules() if rule.check_integration is not None and rule.code in self._codes)

    def lint(self, templates: Iterable[HostTemplate], integrations: Iterable[IntegrationSite] = ()) -> list[Finding]:
        """All findings, by file and place."""
        self._beside = {}
        groups: dict[object, list[HostTemplate]] = {}
        for template in templates:
            groups.setdefault((template.file, template.line, template.column, template.text), []).append(template)
        found = [finding for group in groups.values() for finding in self._at_all_sites(group)]
        found += [finding for integration in integrations for finding in self.integration(integration)]
        found += self._useless_beside()
        return sorted(_once(found), key=lambda each: each.order)

    def _comments(self, comments: Iterable[HostComment]) -> list[suppress.Suppression]:
        """The suppressions beside a template or an integration in its document; one comment may stand beside several of them."""
        found = suppress.beside(comments)
        for each in found:
            if each.place is not None:
                self._beside.setdefault(each.place, []).append(each)
        return found

    def _useless_beside(self) -> list[Finding]:
        """The suppressions in documents that nothing beside them had a use for."""
        found = []
        for place, known in self._beside.items():
            useless = set.intersection(*(set(each.unused) for each in known))
            if unused_noqa.RULE.code in self._codes - self.config.ignored_in(place.file):
                left = suppress.Suppression(known[0].codes, None, place=place, used=set(known[0].codes or ("",)) - useless)
                found += [self._setting(unused_noqa.RULE, problem) for problem in unused_noqa.problems([left], self._codes)]
        return found

    def _at_all_sites(self, templates: list[HostTemplate]) -> list[Finding]:
        """The findings of one template at each of its sites; a suppression is unused only if no site has a use for it."""
        lists = [self.template(each) for each in templates]
        code = unused_noqa.RULE.code
        useless = set.intersection(*({(each.start, each.message) for each in found if each.code == code} for found in lists))
        return [each for found in lists for each in found if each.code != code or (each.start, each.message) in useless]

    def template(self, template: HostTemplate) -> list[Finding]:
        """The findings of one template."""
        source = Source(template.file, template.text)
        off = self.config.ignored_in(template.file)
        try:
            facts = self._facts_of(source, tuple(template.placeholders))
        except TemplateError as error:
            found = [self._refused(error, template, source)] if template.kind == TEMPLATE else []
            beside = self._comments(template.comments)
            kept = suppress.apply(found, beside)
            for each in beside:
                each.note_all()
            return [each for each in kept if each.code in self._codes - off]
        subject = Subject(template, source, facts)
        known = suppress.suppressions(subject)
        beside = self._comments(template.comments)
        found = [
            self._finding(rule, problem, template, source)
            for rule in self._template_rules
            if template.kind in rule.kinds and rule.code not in off
            for problem in rule.check(subject)  # type: ignore[misc]
        ]
        kept = suppress.apply(found, known + beside)
        if unused_noqa.RULE.code in self._codes - off:
            unused = unused_noqa.problems(known, self._codes)
            kept += [self._finding(unused_noqa.RULE, problem, template, source) for problem in unused]
        return kept

    def _facts_of(self, source: Source, placeholders: tuple[Span, ...]) -> Facts:
        """The facts about a text; equal templates share them. TemplateError when it does not parse."""
        known = self._facts.get((source.text, placeholders))
        if known is None:
            known = Facts(source.text, parse(source, Syntax.of(APIGATEWAY, Limits())), placeholders)
            self._facts[source.text, placeholders] = known
        return known

    def _refused(self, error: TemplateError, template: HostTemplate, source: Source) -> Finding:
        """The finding for a template that does not parse."""
        if _too_large(error):
            return self._finding(template_too_large.RULE, syntax_error.problem(error), template, source)
        for rule, problem in (
            (mangled_by_host.RULE, mangled_by_host.mangled(error)),
            (unclosed_block.RULE, unclosed_block.unclosed(error)),
        ):
            if problem is not None:
                return self._finding(rule, problem, template, source)
        return self._finding(syntax_error.RULE, syntax_error.problem(error), template, source)

    def integration(self, integration: IntegrationSite) -> list[Finding]:
        """The findings about the settings of one integration."""
        file = integration.place.file if integration.place else ""
        off = self.config.ignored_in(file) if file else frozenset()
        found = []
        for rule in self._integration_rules:
            if rule.code not in off and rule.check_integration is not None:
                found += [self._setting(rule, problem, integration) for problem in rule.check_integration(integration)]
        return suppress.apply(found, self._comments(integration.comments))

    def _severity(self, rule: Rule, problem: Problem) -> Severity:
        return self.config.severity_of(rule.code) or problem.severity or rule.severity

    def _finding(self, rule: Rule, problem: Problem, template: HostTemplate, source: Source) -> Finding:
        span = problem.span or Span(0, 0)
        start, end = template.place(span.start), template.place(max(span.start, span.end))
        return Finding(
            problem.message,
            source,
            span,
            self._severity(rule, problem),
            rule.code,
            problem.hint,
            rule=rule.name,
            start=problem.place or FilePlace(template.file, start.line, start.column),
            end=end,
            fix=problem.fix,
            site=template.site,
            editable=template.editable,
        )

    def _setting(self, rule: Rule, problem: Problem, integration: IntegrationSite | None = None) -> Finding:
        """A finding about an integration, or about the document itself."""
        about = integration or IntegrationSite()
        where = f"{about.location}: " if about.location else ""
        site = Site(api=about.api, method=about.method, path=about.path, integration=integration)
        return Finding(
            where + problem.message,
            None,
            None,
            self._severity(rule, problem),
            rule.code,
            problem.hint,
            rule=rule.name,
            start=problem.place or about.place,
            site=site,
        )


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Each finding once, though a template is used at several sites; the one of the worst severity stays."""
    kept: dict[object, Finding] = {}
    for each in sorted(found, key=lambda finding: _RANKS[finding.severity]):
        kept.setdefault((each.file, each.line, each.column, each.end, each.code, each.message), each)
    return list(kept.values())


def _too_large(error: TemplateError) -> bool:
    return getattr(error, "limit", "") == "template_size"


def check(*paths: str | os.PathLike[str]) -> list[Diagnostic]:
    """The findings in files and folders, by file and place, as the nearest settings file says.

    Each is a `Diagnostic` with `code`, `severity`, `message`, `file`, `line` and `column`. InputError for a path that cannot be
    read or settings that cannot be used.
    """
    from pathlib import Path

    from vtl.lint.sources import read_sources, start_of

    config = find_config(start_of([Path(each) for each in paths]))
    sources = read_sources([Path(each) for each in paths], config)
    findings: Sequence[Finding] = Linter(config).lint(sources.templates, sources.integrations)
    return [*(Finding.of(each) for each in sources.problems), *findings]
