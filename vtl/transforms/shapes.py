"""`Shape`: what is known of the elements of a document before it is read, by path or from a schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from vtl.errors import InputError
from vtl.transforms.convention import Convention

Convert = Callable[[str], object]
"""Makes a JSON value of the text of an element or attribute; a text that is none of the type stays text."""


class Shape(dict[str, "Shape"]):
    """One element: whether it is an array, what its text becomes, and the shapes of its children by their JSON names.

    An attribute is a child whose name has the convention's prefix. A child that the shape does not know is `UNKNOWN`, about whose
    children nothing is known either; a subclass may make children when they are first asked for.
    """

    __slots__ = ("array", "cdata", "convert", "order")

    def __init__(
        self,
        children: dict[str, Shape] | None = None,
        *,
        array: bool = False,
        convert: Convert | None = None,
        cdata: bool = False,
        order: Sequence[str] = (),
    ):
        """`order` lists the JSON names of the children as XML must have them; names that are not listed come last."""
        super().__init__(children or {})
        self.array = array
        self.convert = convert
        self.cdata = cdata
        self.order = tuple(order)

    def __missing__(self, name: str) -> Shape:
        return UNKNOWN


UNKNOWN = Shape()


class PathShape(Shape):
    """A shape from the paths of a convention, laid over one from a schema; made step by step as paths are first met."""

    __slots__ = ("_below", "_names", "_rules", "_text")

    def __init__(self, rules: PathRules, below: Shape | None, names: tuple[str, ...] = (), text: Convert | None = None):
        untyped = bool(names) and rules.untyped(names)
        known = below.convert if below is not None else None
        super().__init__(
            array=bool(below is not None and below.array) or (len(names) > 1 and rules.arrays(names)),
            convert=None if untyped else known or text,
            cdata=bool(names) and rules.cdata(names),
            order=below.order if below is not None else (),
        )
        self._rules = rules
        self._below = below
        self._names = names
        self._text = text

    def __missing__(self, name: str) -> Shape:
        below = self._below[name] if self._below is not None else None
        made = PathShape(self._rules, below, (*self._names, name), self._text)
        self[name] = made
        return made


class PathRules:
    """The three lists of paths of a convention, ready to be asked."""

    __slots__ = ("_arrays", "_cdata", "_untyped")

    def __init__(self, convention: Convention):
        text = convention.text_key
        self._arrays = [_compiled("*" if path == "always" else path, text) for path in convention.arrays]
        self._untyped = [_compiled(path, text) for path in convention.untyped]
        self._cdata = [_compiled(path, text) for path in convention.cdata]

    def arrays(self, names: tuple[str, ...]) -> bool:
        """Whether the element at the end of these names is an array."""
        return any(_fits(path, names) for path in self._arrays)

    def untyped(self, names: tuple[str, ...]) -> bool:
        """Whether the text there stays text."""
        return any(_fits(path, names) for path in self._untyped)

    def cdata(self, names: tuple[str, ...]) -> bool:
        """Whether the text there is written as CDATA."""
        return any(_fits(path, names) for path in self._cdata)


def shape_for(convention: Convention, schema: Shape | None, text: Convert | None) -> Shape | None:
    """The shape that stands above the root; None when neither paths nor a schema say anything.

    `text` is what the text of elements and attributes becomes about which the schema says nothing.
    """
    if convention.arrays or convention.untyped or convention.cdata or schema is not None or text is not None:
        return PathShape(PathRules(convention), schema, (), text)
    return None


def _compiled(path: str, text_key: str) -> tuple[bool, tuple[str, ...]]:
    """Whether the path starts at the root, and its names: those of elements, so that `[*]` and the text's key add nothing."""
    inner = re.sub(r"^(\$\.?|/+)", "", path)
    separator = "/" if "/" in path else "."
    names = tuple(inner.replace("[*]", "").removesuffix(f"{separator}{text_key}").split(separator))
    if not all(names):
        raise InputError(f"the path {path!r} has a name without letters", hint="write it as order.item or /order/item")
    return inner != path, names


def _fits(path: tuple[bool, tuple[str, ...]], names: tuple[str, ...]) -> bool:
    from_root, wanted = path
    if len(wanted) > len(names) or (from_root and len(wanted) != len(names)):
        return False
    return all(one in ("*", other) for one, other in zip(wanted, names[len(names) - len(wanted) :], strict=True))
