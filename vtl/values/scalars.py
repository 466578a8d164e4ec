"""The Java classes that Python has no type of its own for, scalars and arrays, and what all other Java objects share."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import ClassVar

MIN_INT, MAX_INT = -(2**31), 2**31 - 1
MIN_LONG, MAX_LONG = -(2**63), 2**63 - 1


class Long(int):
    """A java.lang.Long so small that its magnitude alone would say Integer."""

    __slots__ = ()


class BigInteger(int):
    """A java.math.BigInteger so small that its magnitude alone would say Integer or Long."""

    __slots__ = ()


class Short(int):
    """java.lang.Short."""

    __slots__ = ()


class Byte(int):
    """java.lang.Byte."""

    __slots__ = ()


class Float(float):
    """java.lang.Float; the value is already rounded to single precision."""

    __slots__ = ()


class Char(str):
    """java.lang.Character: one UTF-16 unit."""

    __slots__ = ()


def as_long(value: int) -> int:
    """A Java long: `value`, which fits in 64 bits, as the Python value that is a Long."""
    return Long(value) if MIN_INT <= value <= MAX_INT else int(value)


def as_big(value: int) -> int:
    """A BigInteger of any magnitude."""
    return BigInteger(value) if MIN_LONG <= value <= MAX_LONG else int(value)


def wrap_int(value: int) -> int:
    """The low 32 bits with their sign, as a cast to int keeps them."""
    return (value + 0x80000000 & 0xFFFFFFFF) - 0x80000000


def wrap_long(value: int) -> int:
    """The low 64 bits with their sign, as a cast to long keeps them; a plain int."""
    return (value + 0x8000000000000000 & 0xFFFFFFFFFFFFFFFF) - 0x8000000000000000


def single(value: float) -> Float:
    """A double rounded to a Float; too large a one becomes infinite."""
    try:
        return Float(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return Float("-inf" if value < 0 else "inf")


def float_from_bits(bits: int) -> Float:
    """Float.intBitsToFloat."""
    return Float(struct.unpack("<f", struct.pack("<I", bits & 0xFFFFFFFF))[0])


def double_from_bits(bits: int) -> float:
    """Double.longBitsToDouble."""
    value: float = struct.unpack("<d", struct.pack("<Q", bits & 0xFFFFFFFFFFFFFFFF))[0]
    return value


class JavaObject:
    """Base of the values that are neither scalars nor plain lists and dicts.

    `family` says how equality and text treat the object: "list", "set", "collection" (elements, but equality by identity),
    "entry", or "object".
    """

    __slots__ = ()
    family: ClassVar[str] = "object"

    @property
    def java_name(self) -> str:
        """The full name of its Java class."""
        raise NotImplementedError

    def elements(self) -> Iterable[object]:
        """The elements of a list, set or other collection, in order."""
        raise NotImplementedError

    def size(self) -> int:
        """How many elements there are."""
        raise NotImplementedError

    def is_same(self, other: object) -> bool:
        """Whether both stand for one Java object, where equality goes by identity."""
        return self is other


class JavaArray(list[object]):
    """A Java array; `component` is the Java name of its element type, such as "char" or "java.lang.String"."""

    __slots__ = ("component",)
    component: str

    def __init__(self, items: Iterable[object] = (), component: str = "java.lang.Object"):
        super().__init__(items)
        self.component = component

    @property
    def java_name(self) -> str:
        """The name as Class.getName() gives it: `[C`, `[Ljava.lang.String;`."""
        return array_name(self.component)


_CODES = {
    "boolean": "Z",
    "byte": "B",
    "char": "C",
    "double": "D",
    "float": "F",
    "int": "I",
    "long": "J",
    "short": "S",
}


def array_name(component: str) -> str:
    """The run-time name of the array class over a component type."""
    if component.startswith("["):
        return "[" + component
    code = _CODES.get(component)
    return f"[{code}" if code else f"[L{component};"


class JsonArray(list[object]):
    """net.minidev.json.JSONArray, an ArrayList that prints as JSON."""

    __slots__ = ()


class JavaClass(JavaObject):
    """A java.lang.Class, of which a template may see the name and nothing else."""

    __slots__ = ("name",)

    def __init__(self, name: str):
        self.name = name

    @property
    def java_name(self) -> str:
        """Always java.lang.Class."""
        return "java.lang.Class"

    def is_same(self, other: object) -> bool:
        """A class has one object."""
        return isinstance(other, JavaClass) and other.name == self.name


class JavaIterator(JavaObject):
    """A java.util.Iterator."""

    __slots__ = ()

    @property
    def java_name(self) -> str:
        """The class of the iterator."""
        raise NotImplementedError

    def has_next(self) -> bool:
        """Whether `next` has something to give."""
        raise NotImplementedError

    def next(self) -> object:
        """The next element; JavaError with NoSuchElementException or ConcurrentModificationException."""
        raise NotImplementedError

    def remove(self) -> None:
        """Remove the element that `next` gave last."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[object]:
        while self.has_next():
            yield self.next()
