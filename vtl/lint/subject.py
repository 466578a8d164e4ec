"""`Subject`: one template as the rules see it, with the facts that several of them share, each worked out once."""

from __future__ import annotations

from functools import cached_property

from vtl.lang.nodes import Define, Foreach, Node, Reference, Set, Template
from vtl.lang.visitor import walk
from vtl.lint.abstract import Exploration, explore
from vtl.lint.site import REQUEST, HostTemplate, Site
from vtl.lint.validity import Failure, JsonRun, failures, json_runs
from vtl.source import Source


class Subject:
    """One template that parses."""

    def __init__(self, template: HostTemplate, source: Source, tree: Template):
        self.template = template
        self.source = source
        self.tree = tree

    @property
    def site(self) -> Site:
        """Where the template is used."""
        return self.template.site

    @property
    def text(self) -> str:
        """The template's text."""
        return self.source.text

    @property
    def may_be_request(self) -> bool:
        """Whether it may map a request."""
        return self.site.direction in (REQUEST, None)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """All references, those in strings and arguments included."""
        return tuple(node for node in self.nodes if isinstance(node, Reference))

    @cached_property
    def assigned(self) -> frozenset[str]:
        """The variables that the template gives a value itself."""
        names = set()
        for node in self.nodes:
            if isinstance(node, Set) and not node.target.parts:
                names.add(node.target.name)
            elif isinstance(node, Foreach):
                names.add(node.variable)
            elif isinstance(node, Define):
                names.add(node.name)
        return frozenset(names)

    @cached_property
    def exploration(self) -> Exploration:
        """The runs through its branches."""
        return explore(self.text, self.tree)

    @cached_property
    def json_runs(self) -> tuple[JsonRun, ...]:
        """The runs whose output is meant to be JSON, examined."""
        return json_runs(self.exploration, self.site)

    @cached_property
    def failures(self) -> tuple[Failure, ...]:
        """The ways in which the output fails to be JSON."""
        return failures(self.text, self.exploration, self.json_runs)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes of the tree in source order."""
        return tuple(walk(self.tree))

    def words(self, node: Node) -> str:
        """The source text of a node on one line, cut when it is long."""
        text = " ".join(self.text[node.span.start : node.span.end].split())
        return text if len(text) <= 60 else text[:57] + "..."
