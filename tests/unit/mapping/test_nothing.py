"""What an event of AWS leaves out comes as null: None counts as empty everywhere."""

from __future__ import annotations

import pytest

import vtl


def test_none_is_empty() -> None:
    mapping = vtl.MappingTemplate("$input.body [$input.params('a')] [$stageVariables.b] [$c]")
    result = mapping.apply(None, path=None, querystring=None, header=None, context=None, stage_variables=None, variables=None)
    assert result.body == "{} [] [] []"


def test_a_body_is_text_or_bytes() -> None:
    with pytest.raises(vtl.InputError, match="text or bytes"):
        vtl.MappingTemplate("x").apply(5)  # type: ignore[arg-type]
