"""`Subject`: one template at one site, as the rules see it."""

from __future__ import annotations

from functools import cached_property

from vtl.lang.nodes import Node, Reference
from vtl.lint.abstract import Exploration
from vtl.lint.facts import Facts
from vtl.lint.site import HostTemplate, Site
from vtl.lint.validity import Failure, JsonRun, failures, json_runs
from vtl.source import Source


class Subject:
    """One template that parses, where it lives."""

    def __init__(self, template: HostTemplate, source: Source, facts: Facts):
        self.template = template
        self.source = source
        self.facts = facts

    @property
    def site(self) -> Site:
        """Where the template is used."""
        return self.template.site

    @property
    def text(self) -> str:
        """The template's text."""
        return self.source.text

    @property
    def nodes(self) -> tuple[Node, ...]:
        """See `Facts.nodes`."""
        return self.facts.nodes

    @property
    def references(self) -> tuple[Reference, ...]:
        """See `Facts.references`."""
        return self.facts.references

    @property
    def assigned(self) -> frozenset[str]:
        """See `Facts.assigned`."""
        return self.facts.assigned

    @property
    def exploration(self) -> Exploration:
        """See `Facts.exploration`."""
        return self.facts.exploration

    @cached_property
    def json_runs(self) -> tuple[JsonRun, ...]:
        """The runs whose output is meant to be JSON, examined."""
        return json_runs(self.exploration, self.site)

    @cached_property
    def failures(self) -> tuple[Failure, ...]:
        """The ways in which the output fails to be JSON."""
        return failures(self.text, self.exploration, self.json_runs)

    def words(self, node: Node) -> str:
        """The source text of a node on one line, cut when it is long."""
        text = " ".join(self.text[node.span.start : node.span.end].split())
        return text if len(text) <= 60 else text[:57] + "..."
