"""The door from a template to Python: overloads, variable arguments, hosted objects, and what stays shut."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest

from vtl.errors import InputError, JavaError
from vtl.values.access import get_property, set_property
from vtl.values.call import Call, PlainCall
from vtl.values.hosted import Hosted
from vtl.values.kinds import JavaArray, Long, Short, java_class
from vtl.values.methods import invoke, names, table
from vtl.values.text import to_text


class Lamp(Hosted):
    """A hosted object for these tests."""

    java_name = "example.Lamp"

    def __init__(self) -> None:
        self.level = 0

    def _set_level(self, call: Call, level: int) -> None:
        self.level = level

    java_methods: ClassVar[Mapping[str, Any]] = {
        "isLit": (((), lambda call, self: self.level > 0),),
        "getLevel": (((), lambda call, self: self.level),),
        "setLevel": ((("int",), lambda call, self, level: self._set_level(call, level)),),
        "pick": (
            (("int",), lambda call, self, value: "int"),
            (("long",), lambda call, self, value: "long"),
            (("double",), lambda call, self, value: f"double {value!r}"),
            (("java.lang.Object",), lambda call, self, value: "object"),
        ),
        "both": (
            (("java.lang.CharSequence",), lambda call, self, value: "text"),
            (("java.util.List",), lambda call, self, value: "list"),
        ),
        "join": ((("java.lang.String", "java.lang.Object[]"), lambda call, self, mark, items: mark.join(map(to_text, items))),),
        "get": ((("java.lang.String",), lambda call, self, name: f"<{name}>"),),
    }
    void_methods = frozenset(["setLevel"])
    boolean_methods = frozenset(["isLit"])


CALL = PlainCall()


@pytest.mark.parametrize(
    ("argument", "chosen"),
    [(1, "int"), (Short(1), "int"), (Long(1), "long"), (2**40, "long"), (1.5, "double 1.5"), ("x", "object"), (2**70, "object")],
)
def test_the_most_specific_overload_wins(argument: object, chosen: str) -> None:
    assert invoke(CALL, Lamp(), "pick", (argument,)) == chosen


def test_null_takes_the_overload_for_objects() -> None:
    assert invoke(CALL, Lamp(), "pick", (None,)) == "object"


def test_a_call_that_two_overloads_fit_is_unresolved() -> None:
    assert invoke(CALL, Lamp(), "both", (None,)) is None
    assert invoke(CALL, Lamp(), "both", ("x",)) == "text"
    assert invoke(CALL, Lamp(), "both", (5,)) is None


def test_variable_arguments() -> None:
    lamp = Lamp()
    assert invoke(CALL, lamp, "join", ("-",)) == ""
    assert invoke(CALL, lamp, "join", ("-", 1)) == "1"
    assert invoke(CALL, lamp, "join", ("-", 1, "a", [2])) == "1-a-[2]"
    assert invoke(CALL, lamp, "join", ("-", JavaArray([1, 2]))) == "1-2"


def test_properties_of_a_hosted_object() -> None:
    lamp = Lamp()
    assert get_property(CALL, lamp, "level") == 0
    assert set_property(CALL, lamp, "level", 3)
    assert get_property(CALL, lamp, "Level") == 3
    assert get_property(CALL, lamp, "other") == "<other>"
    assert invoke(CALL, lamp, "setLevel", (0,)) == ""
    assert invoke(CALL, lamp, "isLit", ()) is False


def test_boolean_methods_are_properties() -> None:
    assert get_property(CALL, [], "empty") is True
    assert get_property(CALL, "x", "empty") is False
    assert get_property(CALL, {}, "empty") is None


def test_a_method_without_parameters_refuses_arguments() -> None:
    with pytest.raises(JavaError) as caught:
        invoke(CALL, [1], "size", (1,))
    assert caught.value.java_class == "java.lang.IllegalArgumentException"
    assert caught.value.java_message == "wrong number of arguments"


@pytest.mark.parametrize("name", ["append", "__class__", "__len__", "stream", "forEach", "getClass", "nothing", ""])
def test_other_names_are_unresolved(name: str) -> None:
    assert invoke(CALL, [1], name, ()) is None


def test_null_has_no_methods() -> None:
    assert invoke(CALL, None, "toString", ()) is None
    assert names(None) == frozenset()


@pytest.mark.parametrize("value", ["x", 5, [1], {"a": 1}, Lamp()])
def test_classes_answer_only_where_they_may(value: Any) -> None:
    assert get_property(CALL, value, "class") in (None, "<class>")
    assert invoke(CALL, value, "getClass", ()) is None
    open_call = PlainCall(class_access=True)
    assert get_property(open_call, get_property(open_call, value, "class"), "name")
    assert invoke(open_call, get_property(open_call, value, "class"), "forName", ("java.lang.Runtime",)) is None


def test_names_tell_what_a_value_shows() -> None:
    assert {"size", "get", "subList", "equals"} <= names([1])
    assert {"pick", "isLit", "hashCode"} <= names(Lamp())
    assert "subList" in names(JavaArray([1]))


def test_a_table_serves_every_type() -> None:
    size = table("size")
    assert size[list](CALL, [1, 2], ()) == 2
    assert size[dict](CALL, {"a": 1}, ()) == 1
    assert size[str](CALL, "text", ()) is None


def test_integers_answer_by_their_size() -> None:
    assert invoke(CALL, 5, "bitLength", ()) is None
    assert invoke(CALL, 2**70, "bitLength", ()) == 71
    assert invoke(CALL, 2**40, "parseLong", ("7",)) == 7


@pytest.mark.parametrize("value", [(1, 2), {1, 2}, object(), b"bytes"])
def test_what_is_no_value_of_a_template_is_refused(value: object) -> None:
    for work in (lambda: to_text(value), lambda: java_class(value), lambda: invoke(CALL, value, "toString", ())):
        with pytest.raises(InputError):
            work()
