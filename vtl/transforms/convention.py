"""`Convention`: how JSON says what XML says (attributes, text, order, arrays, types, namespaces), as one frozen record.

The presets: `plain` is ours; `xmltodict` does what the Python package of that name does; `badgerfish`, `parker` and `jsonml`
are the conventions known by those names. Each is a set of values for the same options, so that every option can be changed on
each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from vtl.errors import InputError

if TYPE_CHECKING:
    from vtl.limits import Limits
    from vtl.transforms.json_schema import Hint
    from vtl.transforms.losses import Loss

Style = Literal["object", "jsonml"]
Namespaces = Literal["clash", "keep", "strip"]
Types = Literal["strings", "recognise"]
Nil = Literal["xsi", "empty", "omit"]
Empty = Literal["text", "null", "object"]
Names = Literal["refuse", "escape", "replace"]
Whitespace = Literal["keep", "strip"]

_CHOICES: dict[str, tuple[str, ...]] = {
    "style": ("object", "jsonml"),
    "namespaces": ("clash", "keep", "strip"),
    "types": ("strings", "recognise"),
    "nil": ("xsi", "empty", "omit"),
    "empty": ("text", "null", "object"),
    "names": ("refuse", "escape", "replace"),
    "whitespace": ("keep", "strip"),
}
_PATHS = ("arrays", "untyped", "cdata")
_FLAGS = ("text_always", "namespace_block", "absorb_items", "keep_root", "declaration")
_TEXTS = ("name", "text_key", "root", "item")


class Options(TypedDict, total=False):
    """The options of a `Convention` as keyword arguments, each described there."""

    text_key: str
    text_always: bool
    attribute_prefix: str | None
    namespaces: Namespaces
    namespace_block: bool
    prefixes: Mapping[str, str]
    arrays: Sequence[str]
    absorb_items: bool
    types: Types
    untyped: Sequence[str]
    nil: Nil
    empty: Empty
    keep_root: bool
    root: str
    item: str
    names: Names
    whitespace: Whitespace
    cdata: Sequence[str]
    declaration: bool
    indent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """One way to say XML in JSON. InputError for a value that an option does not know.

    A path (`arrays`, `untyped`, `cdata`) is made of JSON names with dots or slashes between them: `item` is every item,
    `order.item` the items of an order, `*` stands for any one name, and a path that begins with `$.` or `/` starts at the root.
    As in JSONPath, `order.item[*]` are the items too, and `item.#text` is the text of an item with attributes.
    """

    name: str = "plain"
    style: Style = "object"
    """`object`: elements are members of objects; `jsonml`: lists `[name, {attributes}, ...content]`, in which nothing is lost."""
    text_key: str = "#text"
    """The member that holds the text of an element with attributes or children."""
    text_always: bool = False
    """Whether text stands under `text_key` also where an element has nothing else."""
    attribute_prefix: str | None = "@"
    """What stands before the name of an attribute; None leaves attributes out."""
    namespaces: Namespaces = "clash"
    """`keep`: names with their prefixes, declarations as attributes; `strip`: local names; `clash`: local names, with the
    prefix where siblings have the same local name in different namespaces."""
    namespace_block: bool = False
    """Whether declarations stand as one object `xmlns` instead of one attribute each."""
    prefixes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Prefix → namespace (`""` for names without one): the prefixes that JSON uses, whatever the XML calls them; written at the
    root."""
    arrays: Sequence[str] = ()
    """Paths of elements that are arrays even when only one comes; `always` (or `*`) is every element below the root."""
    absorb_items: bool = False
    """Whether an element whose children all have one name, two or more of them, becomes the array of their values."""
    types: Types = "strings"
    """`recognise` turns text into numbers and booleans where it is the usual way to write one; `007` and `+1` stay text.
    Attributes are text too; their paths end with their names in JSON, such as `order.@id`."""
    untyped: Sequence[str] = ()
    """Paths whose text is never recognised."""
    nil: Nil = "xsi"
    """`xsi`: null is an element with xsi:nil="true", both ways; `empty`: null is written as an empty element; `omit`: not at
    all."""
    empty: Empty = "text"
    """What an empty element is: the text "", null or {}."""
    keep_root: bool = True
    """Whether JSON names the root element: `{"order": ...}`."""
    root: str = "root"
    """The name of the root element where JSON does not name one."""
    item: str = "item"
    """The name of the elements of an array that stands in an array or at the root."""
    names: Names = "refuse"
    """What happens to a JSON name that is none in XML: an error, `_x0020_` (undone on the way back), or `_`."""
    whitespace: Whitespace = "keep"
    """Whether blanks around the text of an element stay. Those between elements never count."""
    cdata: Sequence[str] = ()
    """Paths of elements whose text is written as CDATA sections."""
    declaration: bool = False
    """Whether the XML starts with an XML declaration."""
    indent: int = 0
    """Blanks by which each level of elements is indented; 0 writes no line ends."""

    def __post_init__(self) -> None:
        for option, choices in _CHOICES.items():
            value = getattr(self, option)
            if value not in choices:
                raise InputError(f"{option}={value!r} is none of the choices", hint=f"choose from {', '.join(choices)}")
        for option in _PATHS:
            object.__setattr__(self, option, _paths(option, getattr(self, option)))
        for option in _FLAGS:
            if not isinstance(getattr(self, option), bool):
                raise InputError(f"{option}={getattr(self, option)!r} is neither True nor False")
        for option in _TEXTS:
            value = getattr(self, option)
            if not isinstance(value, str) or not value:
                raise InputError(f"{option}={value!r}: it needs a name, which is a text")
        if self.attribute_prefix is not None and not isinstance(self.attribute_prefix, str):
            raise InputError(f"attribute_prefix={self.attribute_prefix!r} is neither a text nor None")
        if isinstance(self.indent, bool) or not isinstance(self.indent, int) or not 0 <= self.indent <= 16:
            raise InputError(f"indent={self.indent!r} is no number from 0 to 16")
        if self.style == "jsonml" and self.namespaces == "clash":
            raise InputError("JsonML has no names that could clash", hint="choose namespaces='keep' or 'strip'")
        prefixes = self.prefixes
        if not isinstance(prefixes, Mapping) or not all(isinstance(part, str) for pair in prefixes.items() for part in pair):
            raise InputError(f"prefixes={prefixes!r} is no mapping of prefixes to namespaces")
        object.__setattr__(self, "prefixes", MappingProxyType(dict(prefixes)))

    @classmethod
    def named(cls, name: str) -> Convention:
        """The preset of that name. InputError, with the names that there are, for any other."""
        if name not in PRESETS:
            raise InputError(f"there is no convention {name!r}", hint=f"choose from {', '.join(PRESETS)}")
        return PRESETS[name]

    @classmethod
    def of(cls, convention: Convention | str, options: Mapping[str, Any]) -> Convention:
        """A convention, or the preset of that name, with some options changed. InputError for what is none."""
        chosen = convention if isinstance(convention, Convention) else cls.named(convention)
        return chosen.changed(**options) if options else chosen

    def changed(self, **options: Any) -> Convention:
        """The same with other values for some options. InputError for an option that there is not."""
        known = {each.name for each in fields(self)}
        for option in options:
            if option not in known:
                raise InputError(f"a convention has no option {option!r}", hint=f"choose from {', '.join(sorted(known))}")
        return replace(self, **options)

    def losses(self, document: object, *, limits: Limits | None = None, schema: Hint | None = None) -> list[Loss]:
        """What `document` (XML as text or bytes, or JSON as values) would lose in a round trip, each with its place.

        InvalidXml for XML that is none, ConversionError for values that XML cannot hold.
        """
        from vtl.transforms.losses import losses_of  # it reads XML, which a convention by itself does not

        return losses_of(document, self, limits, schema=schema)


def _paths(option: str, value: object) -> tuple[str, ...]:
    paths = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, Iterable) else ()
    if not all(isinstance(path, str) and path for path in paths) or not isinstance(value, Iterable):
        raise InputError(f"{option}={value!r}: a path is a text such as 'order.item'")
    return paths


PRESETS: Mapping[str, Convention] = MappingProxyType(
    {
        "plain": Convention(),
        "xmltodict": Convention(
            name="xmltodict", namespaces="keep", nil="empty", empty="null", whitespace="strip", declaration=True
        ),
        "badgerfish": Convention(
            name="badgerfish",
            text_key="$",
            text_always=True,
            namespaces="keep",
            namespace_block=True,
            nil="empty",
            empty="object",
        ),
        "parker": Convention(
            name="parker",
            attribute_prefix=None,
            absorb_items=True,
            types="recognise",
            nil="empty",
            empty="null",
            keep_root=False,
        ),
        "jsonml": Convention(name="jsonml", style="jsonml", namespaces="keep"),
    }
)
