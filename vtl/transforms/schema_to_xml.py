"""JSON to XML by a schema: elements in the schema's order, whatever the order in JSON, and every error with its JSONPath.

Names, types and places come from `vtl.transforms.schema`. A repeated element is an array (one value alone is taken as well),
null is xsi:nil where the element is nillable and absence where it is optional, `@name` is an attribute, `#text` the text beside
attributes, `@xsi:type` the local name of a derived type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

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
    Wildcard,
    elements_of,
    has_wildcard,
    is_emptiable,
    local_name,
    most,
    namespace_of,
)
from vtl.transforms.schema_open import write_open
from vtl.transforms.schema_texts import value_to_text

NIL_KEY = "@xsi:nil"
DEEPEST = 100
"""Elements inside each other."""


@dataclass(slots=True)
class _Queue:
    """What waits to be written: values with their paths, by the element's JSON name, and what the schema does not describe."""

    known: dict[str, list[tuple[object, str]]] = field(default_factory=dict)
    open: list[tuple[str, object, str]] = field(default_factory=list)

    def waits(self, particle: Particle) -> bool:
        """Whether something is waiting that the particle could take."""
        if isinstance(particle, Wildcard):
            return bool(self.open)
        if isinstance(particle, Element):
            return bool(self.known.get(particle.key))
        return any(self.waits(item) for item in particle.particles)

    def size(self) -> int:
        """How many values wait."""
        return sum(map(len, self.known.values())) + len(self.open)


def element_from_json(schema: Schema, element: Element, value: object, *, path: str = "$") -> etree._Element:
    """The XML element for a JSON value. InvalidValue, with the JSONPath of what does not fit.

    The element declares the prefixes of all namespaces that the schema has a prefix for and that are used inside.
    """
    prefixes: dict[str | None, str] = {prefix: uri for uri, prefix in schema.prefixes.items()}
    root = etree.Element(element.tag, nsmap={**prefixes, "xsi": XSI})
    try:
        _Writer(schema).fill(root, element, value, path, 1)
    except RecursionError:
        raise InvalidValue(path, f"elements are more than {DEEPEST} levels inside each other") from None
    etree.cleanup_namespaces(root, keep_ns_prefixes=_used_in_types(root))
    return root


def _used_in_types(root: etree._Element) -> list[str]:
    """The prefixes that stand in xsi:type, where no tree shows that they are used."""
    values = [item.get(f"{{{XSI}}}type", "") for item in root.iter(etree.Element)]
    return sorted({value.partition(":")[0] for value in values if ":" in value})


class _Writer:
    """One conversion."""

    def __init__(self, schema: Schema):
        self._schema = schema

    def fill(self, node: etree._Element, element: Element, value: object, path: str, depth: int) -> None:
        """Put into `node`, which is empty, what `value` stands for."""
        if depth > DEEPEST:
            raise InvalidValue(path, f"elements are more than {DEEPEST} levels inside each other")
        kind = self._schema.type_of(element)
        is_nil = value is None or (isinstance(value, dict) and value.get(NIL_KEY) is True)
        if is_nil:
            if not element.nillable:
                raise InvalidValue(path, "null, but the element is not nillable")
            node.set(f"{{{XSI}}}nil", "true")
            if value is None and not isinstance(kind, ComplexType):
                return
            value = value or {}  # an element with xsi:nil has its attributes all the same
        if isinstance(kind, ComplexType):
            self._fill_complex(node, self._chosen(node, kind, value, path), value, path, depth, is_nil=is_nil)
            return
        node.text = value_to_text(self._schema, kind, value, path)
        if element.fixed is not None and node.text != element.fixed:
            raise InvalidValue(path, f"the value must be {element.fixed!r}")

    def _chosen(self, node: etree._Element, kind: ComplexType, value: object, path: str) -> ComplexType:
        """The type itself or the derived one that `@xsi:type` names, which is then written."""
        wanted = value.get(TYPE_KEY) if isinstance(value, dict) else None
        possible = [*([] if kind.abstract else [kind.key]), *kind.derived]
        if wanted is None:
            if kind.abstract:
                raise InvalidValue(f"{path}.{TYPE_KEY}", f"is required: one of {_names(possible)}")
            return kind
        found = [key for key in possible if wanted in (key, local_name(key))]
        if len(found) != 1 or "/" in local_name(found[0]):
            raise InvalidValue(f"{path}.{TYPE_KEY}", f"{wanted!r} is none of {_names(possible)}")
        prefix = next((name for name, uri in node.nsmap.items() if name and uri == namespace_of(found[0])), None)
        node.set(f"{{{XSI}}}type", f"{prefix}:{local_name(found[0])}" if prefix else local_name(found[0]))
        chosen = self._schema.types[found[0]]
        assert isinstance(chosen, ComplexType)
        return chosen

    def _fill_complex(
        self, node: etree._Element, kind: ComplexType, value: object, path: str, depth: int, *, is_nil: bool
    ) -> None:
        if not isinstance(value, dict):
            if kind.text is None:
                raise InvalidValue(path, f"an object is expected, not {_what(value)}")
            value = {TEXT_KEY: value}
        self._refuse_unknown(kind, value, path)
        for attribute in kind.attributes:
            given = value.get(attribute.key)
            if given is not None:
                simple = self._schema.simple(attribute.type)
                name = f"{{{attribute.namespace}}}{attribute.name}" if attribute.namespace else attribute.name
                node.set(name, value_to_text(self._schema, simple, given, f"{path}.{attribute.key}"))
                if attribute.fixed is not None and node.get(name) != attribute.fixed:
                    raise InvalidValue(f"{path}.{attribute.key}", f"the value must be {attribute.fixed!r}")
            elif attribute.required:
                raise InvalidValue(f"{path}.{attribute.key}", "is required")
        if kind.any_attribute:
            _open_attributes(node, kind, value, path)
        if is_nil:
            return
        if kind.text is not None:
            if value.get(TEXT_KEY) is None:
                raise InvalidValue(f"{path}.{TEXT_KEY}", "is required")
            node.text = value_to_text(self._schema, self._schema.simple(kind.text), value[TEXT_KEY], f"{path}.{TEXT_KEY}")
            return
        if kind.mixed and value.get(TEXT_KEY) is not None:
            node.text = str(value[TEXT_KEY])
        queue = self._queue(kind, value, path)
        self._group(node, kind.content, queue, path, depth)
        for key, left in [*queue.known.items(), *((name, [(value, where)]) for name, value, where in queue.open)]:
            if left:
                raise InvalidValue(left[0][1], f"one {key!r} too many, or not together with the others")

    def _refuse_unknown(self, kind: ComplexType, value: Mapping[str, object], path: str) -> None:
        known = [TYPE_KEY, NIL_KEY, *(item.key for item in kind.attributes)]
        if kind.text is not None or kind.mixed:
            known.append(TEXT_KEY)
        known += [item.key for item in elements_of(kind.content)]
        for name in value:
            if (
                name in known
                or (name.startswith("@") and kind.any_attribute)
                or (not name.startswith("@") and has_wildcard(kind.content))
            ):
                continue
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else None
            raise InvalidValue(f"{path}{_step(name)}", "the schema has no such member here", hint=hint)

    def _queue(self, kind: ComplexType, value: Mapping[str, object], path: str) -> _Queue:
        """What waits to be written, by name, each with its path."""
        counts = most(kind.content)
        by_key = {item.key: item for item in elements_of(kind.content)}
        queue = _Queue()
        for name, given in value.items():
            if name.startswith("@") or name == TEXT_KEY:
                continue
            here = f"{path}{_step(name)}"
            element = by_key.get(name)
            several = element is None or counts[name] != 1
            items: list[tuple[object, str]] = [(given, here)]
            if several and isinstance(given, list):
                items = [(item, f"{here}[{number}]") for number, item in enumerate(given)]
            if element is None:
                queue.open += [(name, item, where) for item, where in items]
                continue
            if isinstance(given, list) and not several and not self._is_list(element):
                raise InvalidValue(here, "one value is expected, not an array")
            if not element.nillable and (element.minimum == 0 or counts[name] != 1):
                items = [(item, where) for item, where in items if item is not None]
            queue.known[name] = items
        return queue

    def _is_list(self, element: Element) -> bool:
        kind = self._schema.type_of(element)
        if isinstance(kind, ComplexType):
            return kind.text is not None and self._schema.simple(kind.text).form == "list"
        return kind.form == "list"

    def _group(self, node: etree._Element, group: Group, queue: _Queue, path: str, depth: int) -> None:
        """Write a group as often as there is something for it, and as often as it must come."""
        done = 0
        while group.maximum is None or done < group.maximum:
            if not queue.waits(group) and (done >= group.minimum or is_emptiable(group)):
                return
            before = queue.size()
            if group.kind == "choice":
                self._choice(node, group, queue, path, depth)
            else:
                for number, particle in enumerate(group.particles):
                    self._particle(node, particle, queue, path, depth, group.particles[number + 1 :])
            done += 1
            if queue.size() == before and done >= group.minimum:
                return

    def _choice(self, node: etree._Element, group: Group, queue: _Queue, path: str, depth: int) -> None:
        given = [item for item in group.particles if queue.waits(item)]
        if len(given) > 1 and group.maximum == 1:
            names = [key for item in given for key in _keys(item) if queue.known.get(key)]
            raise InvalidValue(path, f"only one of {_names(names)} may be given")
        if given:
            self._particle(node, given[0], queue, path, depth, ())
        elif not is_emptiable(group):
            raise InvalidValue(path, f"one of {_names([key for item in group.particles for key in _keys(item)])} is required")

    def _particle(
        self, node: etree._Element, particle: Particle, queue: _Queue, path: str, depth: int, later: tuple[Particle, ...]
    ) -> None:
        if isinstance(particle, Group):
            self._group(node, particle, queue, path, depth)
        elif isinstance(particle, Wildcard):
            count = len(queue.open) if particle.maximum is None else particle.maximum
            for name, value, where in queue.open[:count]:
                write_open(node, name, value, where)
            del queue.open[:count]
        else:
            waiting = queue.known.get(particle.key, [])
            kept = sum(item.minimum for item in later if isinstance(item, Element) and item.key == particle.key)
            count = max(0, len(waiting) - kept)
            count = count if particle.maximum is None else min(count, particle.maximum)
            if count < particle.minimum:
                more = "" if particle.minimum == 1 else f": at least {particle.minimum} are needed, {count} given"
                raise InvalidValue(f"{path}{_step(particle.key)}", f"is required{more}")
            for value, where in waiting[:count]:
                self.fill(etree.SubElement(node, particle.tag), particle, value, where, depth + 1)
            del waiting[:count]


def _open_attributes(node: etree._Element, kind: ComplexType, value: Mapping[str, object], path: str) -> None:
    known = {TYPE_KEY, NIL_KEY, *(item.key for item in kind.attributes)}
    for name, given in value.items():
        if name.startswith("@") and name not in known:
            try:
                node.set(name[1:], str(given))
            except ValueError:
                raise InvalidValue(f"{path}.{name}", "not a name and a text that XML takes") from None


def _keys(particle: Particle) -> list[str]:
    if isinstance(particle, Group):
        return [key for item in particle.particles for key in _keys(item)]
    return [particle.key] if isinstance(particle, Element) else []


def _names(names: list[str]) -> str:
    return ", ".join(repr(local_name(name)) for name in dict.fromkeys(names)) or "nothing"


def _what(value: object) -> str:
    if value is None:
        return "null"
    return {bool: "a boolean", str: "a text", list: "an array"}.get(type(value), "a number")


def _step(name: str) -> str:
    """A member as a step of a JSONPath."""
    return f".{name}" if name.replace("_", "a").replace("-", "a").isalnum() else f"['{name}']"
