"""What is a status of HTTP."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from vtl.gateway.statuses import status_of


@pytest.mark.parametrize(
    ("value", "status"),
    [(200, 200), ("404", 404), ("100", 100), (599, 599), (HTTPStatus.NOT_FOUND, 404)],
)
def test_statuses(value: object, status: int) -> None:
    assert status_of(value) == status


@pytest.mark.parametrize(
    "value", [None, True, "", "99", 600, "20", "2000", "200\n", " 200", "٢٠٠", "²00", 200.0, "x", [200], -200]
)
def test_what_is_none(value: object) -> None:
    assert status_of(value) is None
