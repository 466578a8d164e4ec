"""`==` between any two values, and Java's own equals and hashCode."""

from __future__ import annotations

from vtl.values.equality import java_equals, java_hash
from vtl.values.hierarchy import is_assignable
from vtl.values.hosted import Hosted
from vtl.values.kinds import java_class
from vtl.values.numbers import compare, is_number
from vtl.values.text import SCALARS, to_text

__all__ = ["equals", "java_equals", "java_hash"]


def equals(left: object, right: object) -> bool:
    """The operator `==` of templates, as ASTEQNode has it.

    Numbers compare by value. Two objects of which one's class extends the other's ask equals(), any others compare their texts;
    null equals null alone.
    """
    kind, other = type(left), type(right)
    if kind is other and (kind is str or kind is bool):
        return left == right
    if left is None or right is None:
        for each in (left, right):
            if isinstance(each, Hosted):
                each.java_text()  # a block renders for it, with all that it sets, though its text equals null no more than others
        return left is right
    if kind is int and other is int:
        return left == right
    if kind is str and other in SCALARS:
        return left == SCALARS[other](right)
    if is_number(left) and is_number(right):
        return compare(left, right) == 0
    mine, theirs = java_class(left), java_class(right)
    if is_assignable(mine, theirs) or is_assignable(theirs, mine):
        return java_equals(left, right)
    return to_text(left) == to_text(right)
