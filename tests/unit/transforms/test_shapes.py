"""What is known of elements before they are read: by path, laid over a shape from elsewhere."""

from __future__ import annotations

import pytest

from vtl.errors import InputError
from vtl.transforms.convention import Convention
from vtl.transforms.shapes import UNKNOWN, Shape, shape_for


def _at(shape: Shape | None, *names: str) -> Shape:
    assert shape is not None
    for name in names:
        shape = shape[name]
    return shape


@pytest.mark.parametrize(
    ("path", "names", "fits"),
    [
        ("item", ("order", "item"), True),
        ("item", ("item",), False),
        ("order.item", ("order", "item"), True),
        ("order.item", ("x", "order", "item"), True),
        ("order/item", ("order", "item"), True),
        ("$.order.item", ("x", "order", "item"), False),
        ("/order/item", ("order", "item"), True),
        ("order.*", ("order", "any"), True),
        ("*", ("order", "any"), True),
        ("always", ("a", "b", "c"), True),
        ("item", ("order", "items"), False),
        ("a/x.y", ("a", "x.y"), True),
        ("$.order.item[*]", ("order", "item"), True),
        ("$.order[*].item", ("order", "item"), True),
        ("order.item.#text", ("order", "item"), True),
        ("/order/item/#text", ("order", "item"), True),
    ],
)
def test_paths_of_arrays(path: str, names: tuple[str, ...], fits: bool) -> None:
    assert _at(shape_for(Convention(arrays=[path]), None, None), *names).array is fits


def test_nothing_to_say() -> None:
    assert shape_for(Convention(), None, None) is None
    assert UNKNOWN["a"]["b"] is UNKNOWN


def test_paths_lie_over_a_shape() -> None:
    known = Shape({"a": Shape({"b": Shape(convert=int, array=True), "@c": Shape(convert=int)}, order=["b"])})
    shape = shape_for(Convention(untyped=["b"], cdata=["c"]), known, float)
    assert _at(shape, "a").order == ("b",)
    assert _at(shape, "a", "b").convert is None
    assert _at(shape, "a", "b").array
    assert _at(shape, "a", "@c").convert is int
    assert _at(shape, "a", "c").convert is float
    assert _at(shape, "a", "c").cdata
    assert _at(shape, "a", "c") is _at(shape, "a", "c")


def test_a_path_without_names_is_refused() -> None:
    with pytest.raises(InputError, match="name without letters"):
        shape_for(Convention(arrays=["a..b"]), None, None)
