"""Who may import whom: the floors of the house, and one door for each third party."""

from __future__ import annotations

import sys
from pathlib import PurePosixPath

import pytest

from tests.architecture.package import Import, Module, imports, modules

# From the ground up; neighbours on one floor may not meet.
FLOORS = [
    {"source"},
    {"diagnostics"},
    {"errors"},
    {"_lazy", "limits", "messages"},
    {"dialect"},
    {"lang", "values"},
    {"compiler", "jsonpath", "transforms"},
    {"model", "runtime", "variables"},
    {"mapping"},
    {"gateway", "loaders"},
    {"lint", "server"},
    {"cli"},
    {"__main__"},
]

# Third party → the only modules that may name it.
DOORS = {
    "click": {"vtl.cli"},
    "hcl2": {"vtl.loaders"},
    "httpcore": {"vtl.gateway.backends.http"},
    "jsonpath_ng": {"vtl.jsonpath.nodes"},
    "lark": {"vtl.lang.generate"},
    "lxml": {"vtl.transforms"},
    "regex": {"vtl.values.regex"},
    "yaml": {"vtl.cli", "vtl.loaders"},
}

HEIGHT = {name: height for height, floor in enumerate(FLOORS) for name in floor}


def _part(dotted: str) -> str:
    """The sub-package or ground-floor module that a name below `vtl` belongs to."""
    return dotted.split(".")[1] if "." in dotted else ""


def _named(module: Module) -> str:
    return str(PurePosixPath(module.name.replace(".", "/")))


def _complaint(found: Import) -> str:
    return f"{found.importer}:{found.line} imports {found.target}"


@pytest.mark.parametrize("module", modules(), ids=_named)
def test_a_module_imports_only_from_the_floors_below_it(module: Module) -> None:
    here = _part(module.name)
    wrong = [
        _complaint(found)
        for found in imports(module)
        if found.target.split(".")[0] == "vtl" and not found.typing_only and here and _part(found.target) not in ("", here)
        if HEIGHT[_part(found.target)] >= HEIGHT[here]
    ]
    assert not wrong


def test_every_part_of_the_package_has_a_floor() -> None:
    assert {_part(module.name) for module in modules()} - {""} <= set(HEIGHT)


@pytest.mark.parametrize("module", modules(), ids=_named)
def test_a_third_party_comes_in_by_one_door(module: Module) -> None:
    wrong = []
    for found in imports(module):
        package = found.target.split(".")[0]
        if package == "vtl" or package in sys.stdlib_module_names:
            continue
        if not any(module.name == door or module.name.startswith(f"{door}.") for door in DOORS.get(package, ())):
            wrong.append(_complaint(found))
    assert not wrong


@pytest.mark.parametrize("module", modules(), ids=_named)
def test_imports_are_absolute_and_never_take_everything(module: Module) -> None:
    wrong = [_complaint(found) for found in imports(module) if found.target.endswith(".*") or not found.target.split(".")[0]]
    assert not wrong
