"""The tables of java.lang.Object, of collections, maps and iterators."""

from __future__ import annotations

from vtl.values import (
    array_lists,
    collections,
    lists,
    map_methods,
    membership,
    objects,
)
from vtl.values.failures import null_pointer
from vtl.values.json import array_text
from vtl.values.signatures import Method, declare

_OBJECT = declare(
    "java.lang.Object",
    ("boolean equals(Object)", objects.equals),
    ("int hashCode()", objects.hash_code),
    ("String toString()", objects.to_string),
    ("Class getClass()", objects.get_class),
    ("void notify()", objects.wait),
    ("void notifyAll()", objects.wait),
    ("void wait()", objects.wait),
    ("void wait(long)", objects.wait),
    ("void wait(long, int)", objects.wait),
) + declare("java.lang.Comparable", ("int compareTo(Object)", objects.compare))

_CLASS = declare(
    "java.lang.Class",
    ("String getName()", objects.class_name),
    ("String getSimpleName()", objects.class_simple_name),
)

_COLLECTION = declare(
    "java.lang.Iterable",
    ("Iterator iterator()", collections.iterator),
    ("void forEach(Consumer)", collections.for_each),
) + declare(
    "java.util.Collection",
    ("int size()", collections.size),
    ("boolean isEmpty()", collections.is_empty),
    ("boolean contains(Object)", membership.contains),
    ("boolean containsAll(Collection)", collections.contains_all),
    ("boolean add(Object)", collections.add),
    ("boolean addAll(Collection)", collections.add_all),
    ("boolean remove(Object)", collections.remove),
    ("boolean removeAll(Collection)", collections.remove_all),
    ("boolean retainAll(Collection)", collections.retain_all),
    ("boolean removeIf(Predicate)", collections.change_each),
    ("void clear()", collections.clear),
    ("Object[] toArray()", collections.to_array),
    ("Object[] toArray(Object[])", collections.to_typed_array),
    ("Object[] toArray(IntFunction)", collections.to_generated_array),
)


def _static_of(owner: str, function: object, most: int) -> tuple[Method, ...]:
    """`of` with each number of arguments up to the most."""
    return tuple(
        Method(owner, "of", ("java.lang.Object",) * count, function, static=True)  # type: ignore[arg-type]
        for count in range(most + 1)
    )


_SET = (
    *_static_of("java.util.Set", collections.set_of, 10),
    *declare(
        "java.util.Set",
        ("static Set of(Object[])", collections.set_of_array),
        ("static Set copyOf(Collection)", collections.set_copy),
    ),
)

_LIST = (
    *declare(
        "java.util.List",
        ("Object get(int)", lists.get),
        ("Object set(int, Object)", lists.set_),
        ("int size()", lists.size),
        ("boolean isEmpty()", lists.is_empty),
        ("boolean add(Object)", lists.add),
        ("void add(int, Object)", lists.insert),
        ("boolean remove(Object)", lists.remove),
        ("Object remove(int)", lists.remove_at),
        ("int indexOf(Object)", lists.index_of),
        ("int lastIndexOf(Object)", lists.last_index_of),
        ("boolean contains(Object)", lists.contains),
        ("boolean containsAll(Collection)", lists.contains_all),
        ("boolean addAll(Collection)", lists.add_all),
        ("boolean addAll(int, Collection)", lists.insert_all),
        ("boolean removeAll(Collection)", lists.remove_all),
        ("boolean retainAll(Collection)", lists.retain_all),
        ("void replaceAll(UnaryOperator)", collections.change_each),
        ("void clear()", lists.clear),
        ("List subList(int, int)", lists.sub_list),
        ("Object[] toArray()", lists.to_array),
        ("Iterator iterator()", lists.iterator),
        ("ListIterator listIterator()", lists.list_iterator),
        ("ListIterator listIterator(int)", lists.list_iterator),
        ("void sort(Comparator)", array_lists.sort),
        ("static List of(Object[])", array_lists.of_array),
        ("static List copyOf(Collection)", array_lists.copy_of),
    ),
    *_static_of("java.util.List", array_lists.of, 10),
    *declare(
        "java.util.ArrayList",
        ("Object clone()", array_lists.clone),
        ("void ensureCapacity(int)", array_lists.ensure_capacity),
        ("void trimToSize()", array_lists.trim_to_size),
    ),
)


def _json_text(call: object, self: object) -> str:
    return array_text(self)


def _other_json_text(call: object, self: object, other: object) -> str:
    return "null" if other is None else array_text(other)


_STYLE = "net.minidev.json.JSONStyle"


def _no_style(call: object, self: object, style: object) -> str:
    raise null_pointer(f'Cannot invoke "{_STYLE}.arrayStart(java.lang.Appendable)" because "compression" is null')


def _styled_json_text(call: object, self: object, other: object, style: object) -> str:
    return "null" if other is None else _no_style(call, self, style)


def _no_writer(call: object, self: object, *arguments: object) -> None:
    """Methods that write into an Appendable, which only null can be given for."""
    kind = "java.lang.CharSequence" if len(arguments) > 1 and arguments[0] is None and self is not arguments[0] else "char"
    raise null_pointer(f'Cannot invoke "java.lang.Appendable.append({kind})" because "out" is null')


_JSON_ARRAY = declare(
    array_lists.JSON_ARRAY,
    ("String toJSONString()", _json_text),
    (f"String toJSONString({_STYLE})", _no_style),
    ("static String toJSONString(List)", _other_json_text),
    (f"String toString({_STYLE})", _no_style),
    ("void merge(Object)", array_lists.merge),
    (f"static String toJSONString(List, {_STYLE})", _styled_json_text),
    ("void writeJSONString(Appendable)", _no_writer),
    (f"void writeJSONString(Appendable, {_STYLE})", _no_writer),
    ("static void writeJSONString(List, Appendable)", _no_writer),
    (f"static void writeJSONString(Iterable, Appendable, {_STYLE})", _no_writer),
)

_MAP = (
    *declare(
        "java.util.Map",
        ("Object get(Object)", map_methods.get),
        ("Object getOrDefault(Object, Object)", map_methods.get_or_default),
        ("Object put(Object, Object)", map_methods.put),
        ("void putAll(Map)", map_methods.put_all),
        ("Object putIfAbsent(Object, Object)", map_methods.put_if_absent),
        ("Object remove(Object)", map_methods.remove),
        ("boolean remove(Object, Object)", map_methods.remove_pair),
        ("Object replace(Object, Object)", map_methods.replace),
        ("boolean replace(Object, Object, Object)", map_methods.replace_pair),
        ("boolean containsKey(Object)", map_methods.contains_key),
        ("boolean containsValue(Object)", map_methods.contains_value),
        ("void clear()", map_methods.clear),
        ("int size()", map_methods.size),
        ("boolean isEmpty()", map_methods.is_empty),
        ("Set keySet()", map_methods.key_set),
        ("Collection values()", map_methods.values),
        ("Set entrySet()", map_methods.entry_set),
        ("void forEach(BiConsumer)", map_methods.need_action),
        ("void replaceAll(BiFunction)", map_methods.need_function),
        ("Object compute(Object, BiFunction)", map_methods.need_function),
        ("Object computeIfAbsent(Object, Function)", map_methods.need_function),
        ("Object computeIfPresent(Object, BiFunction)", map_methods.need_function),
        ("Object merge(Object, Object, BiFunction)", map_methods.need_function),
        ("static Map copyOf(Map)", map_methods.copy_of),
        ("static Map$Entry entry(Object, Object)", map_methods.entry),
        ("static Map ofEntries(Map$Entry[])", map_methods.of_entries),
    ),
    *_static_of("java.util.Map", map_methods.of, 20)[::2],
    *declare("java.util.HashMap", ("Object clone()", map_methods.clone)),
    *declare("java.util.TreeMap", ("Object clone()", map_methods.clone)),
    *declare(
        "java.util.Map$Entry",
        ("Object getKey()", map_methods.entry_key),
        ("Object getValue()", map_methods.entry_value),
        ("Object setValue(Object)", map_methods.set_entry_value),
        ("static Map$Entry copyOf(Map$Entry)", map_methods.entry_copy),
    ),
)

_ITERATOR = declare(
    "java.util.Iterator",
    ("boolean hasNext()", objects.has_next),
    ("Object next()", objects.next_),
    ("void remove()", objects.remove),
    ("void forEachRemaining(Consumer)", collections.for_each),
) + declare(
    "java.util.ListIterator",
    ("boolean hasPrevious()", objects.has_previous),
    ("Object previous()", objects.previous),
    ("int nextIndex()", objects.next_index),
    ("int previousIndex()", objects.previous_index),
    ("void set(Object)", objects.replace),
    ("void add(Object)", objects.insert),
)

METHODS: tuple[Method, ...] = (
    *_OBJECT,
    *_CLASS,
    *_COLLECTION,
    *_SET,
    *_LIST,
    *_JSON_ARRAY,
    *_MAP,
    *_ITERATOR,
)
