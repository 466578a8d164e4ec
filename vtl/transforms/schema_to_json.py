"""XML to JSON by a schema: repeated elements are arrays even when one comes, values have types, errors have a JSONPath.

The result is what `vtl.transforms.schema_to_xml` reads. Elements that may occur several times and do not occur are absent, as any
absent element is.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from vtl.errors import InvalidValue
from vtl.transforms.schema import (
    TEXT_KEY,
    TYPE_KEY,
    XSI,
    ComplexType,
    Element,
    Group,
    Particle,
    Schema,
    Type,
    Wildcard,
    elements_of,
    is_emptiable,
    local_name,
    most,
)
from vtl.transforms.schema_open import read_open
from vtl.transforms.schema_texts import text_to_value
from vtl.transforms.schema_to_xml import DEEPEST, NIL_KEY

_XML = "{http://www.w3.org/XML/1998/namespace}"


def json_from_element(schema: Schema, element: Element, node: etree._Element, *, path: str = "$") -> object:
    """The JSON value of an XML element. InvalidValue, with the JSONPath, where the XML does not fit the schema."""
    try:
        return _Reader(schema).value(node, element, path, 1)
    except RecursionError:
        raise InvalidValue(path, f"elements are more than {DEEPEST} levels inside each other") from None


class _Reader:
    """One conversion."""

    def __init__(self, schema: Schema):
        self._schema = schema

    def value(self, node: etree._Element, element: Element, path: str, depth: int) -> object:
        """The value of one element."""
        if depth > DEEPEST:
            raise InvalidValue(path, f"elements are more than {DEEPEST} levels inside each other")
        declared = self._schema.type_of(element)
        kind = self._type(node, declared, path)
        is_nil = node.get(f"{{{XSI}}}nil", "").strip() in ("true", "1")
        if is_nil and not element.nillable:
            raise InvalidValue(path, "xsi:nil, but the element is not nillable")
        if not isinstance(kind, ComplexType):
            if len(node):
                raise InvalidValue(path, f"a text is expected, not elements (<{_local(node[0])}>)")
            return None if is_nil else text_to_value(self._schema, kind, self._text(node, element), path)
        members: dict[str, object] = {}
        if kind is not declared:
            members[TYPE_KEY] = local_name(kind.key)
        members |= self._attributes(node, kind, path)
        if is_nil:
            return {**members, NIL_KEY: True} if members else None
        if kind.text is not None:
            text = text_to_value(self._schema, self._schema.simple(kind.text), self._text(node, element), path)
            return {**members, TEXT_KEY: text} if kind.attributes or kind.any_attribute or members else text
        self._children(node, kind, members, path, depth)
        return members

    def _text(self, node: etree._Element, element: Element) -> str:
        text = _joined(node)
        constant = element.default if element.default is not None else element.fixed
        return constant if not text and constant is not None else text

    def _type(self, node: etree._Element, declared: Type, path: str) -> Type:
        """The type that xsi:type names, the declared one without it."""
        named = node.get(f"{{{XSI}}}type")
        possible = declared.derived if isinstance(declared, ComplexType) else ()
        if named is not None:
            prefix, colon, name = named.strip().rpartition(":")
            space = node.nsmap.get(prefix if colon else None)
            key = f"{{{space}}}{name}" if space else name
            if key in possible:
                return self._schema.types[key]
            if isinstance(declared, ComplexType) and key != declared.key:
                raise InvalidValue(f"{path}.{TYPE_KEY}", f"{named!r} is not a type that may stand here")
        if isinstance(declared, ComplexType) and declared.abstract:
            raise InvalidValue(f"{path}.{TYPE_KEY}", "is required: the declared type is abstract")
        return declared

    def _attributes(self, node: etree._Element, kind: ComplexType, path: str) -> Iterator[tuple[str, object]]:
        known = {f"{{{item.namespace}}}{item.name}" if item.namespace else item.name: item for item in kind.attributes}
        for item_name, item in known.items():
            if item.required and item_name not in node.attrib:
                raise InvalidValue(f"{path}.{item.key}", "is required")
        for name, text in node.attrib.items():
            attribute = known.get(str(name))
            if attribute is not None:
                value = text_to_value(self._schema, self._schema.simple(attribute.type), str(text), f"{path}.{attribute.key}")
                yield attribute.key, value
            elif str(name).startswith((f"{{{XSI}}}", _XML)):
                continue
            elif kind.any_attribute:
                yield f"@{name}", str(text)
            else:
                raise InvalidValue(f"{path}.@{name}", "the schema has no such attribute here")

    def _children(self, node: etree._Element, kind: ComplexType, members: dict[str, object], path: str, depth: int) -> None:
        children = [child for child in node if isinstance(child.tag, str)]
        text = _joined(node)
        if text.strip() and not kind.mixed:
            raise InvalidValue(path, f"text where only elements may stand: {text.strip()[:40]!r}")
        if text.strip():
            members[TEXT_KEY] = text
        chosen = _Match(children, path).all(kind.content)
        counts = most(kind.content)
        for child, element in zip(children, chosen, strict=True):
            key = element.key if element else str(child.tag)
            several = counts.get(key, 2) != 1 if element else sum(other.tag == child.tag for other in children) > 1
            if not several:
                members[key] = self.value(child, element, f"{path}.{key}", depth + 1) if element else read_open(child)
                continue
            items = members.setdefault(key, [])
            assert isinstance(items, list)
            items.append(self.value(child, element, f"{path}.{key}[{len(items)}]", depth + 1) if element else read_open(child))


class _Match:
    """Which particle each child is; schemas are such that the next child's name decides (unique particle attribution)."""

    def __init__(self, children: list[etree._Element], path: str):
        self._children = children
        self._path = path
        self._at = 0
        self._found: list[Element | None] = []

    def all(self, content: Group) -> list[Element | None]:
        """The element of each child, None for one that the schema does not describe. InvalidValue when they do not fit."""
        self._group(content)
        if self._at < len(self._children):
            name = _local(self._children[self._at])
            known = any(item.tag == self._children[self._at].tag for item in elements_of(content))
            raise InvalidValue(
                f"{self._path}.{name}", "is too many, or not at this place" if known else "the schema has no such element here"
            )
        return self._found

    def _next_fits(self, particle: Particle) -> bool:
        """Whether the next child can be the first one of the particle."""
        if self._at >= len(self._children):
            return False
        if isinstance(particle, Element):
            return bool(self._children[self._at].tag == particle.tag)
        if isinstance(particle, Wildcard):
            return True
        if particle.kind != "sequence":
            return any(self._next_fits(item) for item in particle.particles)
        for item in particle.particles:
            if self._next_fits(item):
                return True
            if not is_emptiable(item):
                return False
        return False

    def _group(self, group: Group) -> None:
        done = 0
        while (group.maximum is None or done < group.maximum) and (self._next_fits(group) or done < group.minimum):
            before = self._at
            if group.kind == "sequence":
                for item in group.particles:
                    self._particle(item)
            elif group.kind == "choice":
                self._choice(group)
            else:
                self._in_any_order(group)
            done += 1
            if self._at == before and done >= group.minimum:
                return

    def _choice(self, group: Group) -> None:
        fitting = [item for item in group.particles if self._next_fits(item)]
        if fitting:
            self._particle(next((item for item in fitting if not isinstance(item, Wildcard)), fitting[0]))
        elif not is_emptiable(group):
            names = ", ".join(repr(item.key) for item in elements_of(group))
            raise InvalidValue(self._path, f"one of {names} is required{self._instead()}")

    def _in_any_order(self, group: Group) -> None:
        left = list(group.particles)
        while fitting := [item for item in left if self._next_fits(item)]:
            self._particle(fitting[0])
            left.remove(fitting[0])
        for item in left:
            self._particle(item)

    def _particle(self, particle: Particle) -> None:
        if isinstance(particle, Group):
            self._group(particle)
            return
        done = 0
        while (particle.maximum is None or done < particle.maximum) and self._next_fits(particle):
            self._found.append(particle if isinstance(particle, Element) else None)
            self._at += 1
            done += 1
        if done < particle.minimum:
            name = particle.key if isinstance(particle, Element) else "*"
            raise InvalidValue(f"{self._path}.{name}", f"is required{self._instead()}")

    def _instead(self) -> str:
        return f"; <{_local(self._children[self._at])}> comes instead" if self._at < len(self._children) else ""


def _joined(node: etree._Element) -> str:
    return "".join([node.text or "", *(child.tail or "" for child in node)])


def _local(node: etree._Element) -> str:
    return local_name(str(node.tag))
