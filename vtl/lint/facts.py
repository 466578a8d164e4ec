"""`Facts`: what can be said of a template by its text alone, each worked out once, however many sites use it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from vtl.lang.nodes import Define, Foreach, Node, Reference, Set, Template
from vtl.lang.visitor import walk
from vtl.lint.abstract import Exploration, explore
from vtl.source import Span


class Facts:
    """The facts about one text that parses."""

    def __init__(self, text: str, tree: Template, placeholders: Sequence[Span] = ()):
        self.text = text
        self.tree = tree
        self.placeholders = placeholders

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes of the tree in source order."""
        return tuple(walk(self.tree))

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
        return explore(self.text, self.tree, placeholders=self.placeholders)
