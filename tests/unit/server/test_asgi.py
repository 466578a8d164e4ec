"""`vtl.server.asgi` and what it cannot serve."""

from __future__ import annotations

from typing import Any

import pytest

import vtl
from vtl.server import asgi


@pytest.mark.parametrize("apis", [(), ("api.yaml",), (None,), ({"openapi": "3.0.1"},)])
def test_what_is_no_api(apis: tuple[Any, ...]) -> None:
    with pytest.raises(vtl.InputError, match="API"):
        asgi(*apis)
