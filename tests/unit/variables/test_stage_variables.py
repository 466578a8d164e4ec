"""$stageVariables."""

from __future__ import annotations

from vtl.variables.stage_variables import stage_variables


def test_a_plain_copy_in_the_callers_order() -> None:
    given = {"b": "1", "a": "2"}
    made = stage_variables(given)
    assert type(made) is dict
    assert list(made) == ["b", "a"]
    made["c"] = "3"
    assert "c" not in given
