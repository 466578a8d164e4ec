"""Ids in AWS's shapes, and trace ids that go on."""

from __future__ import annotations

import base64
import uuid

import pytest

from vtl.gateway.services import RandomIds, system_clock, trace_id


class CountedIds:
    """Ids without chance."""

    def request_id(self) -> str:
        return "request"

    def extended_id(self) -> str:
        return "extended"

    def trace_part(self, digits: int) -> str:
        return "f" * digits


PARENT = "f" * 16


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (None, f"Root=1-0000000a-{'f' * 24};Parent={PARENT};Sampled=0"),
        ("", f"Root=1-0000000a-{'f' * 24};Parent={PARENT};Sampled=0"),
        ("nonsense", f"Root=1-0000000a-{'f' * 24};Parent={PARENT};Sampled=0"),
        ("Root=1-a-b", f"Root=1-a-b;Parent={PARENT};Sampled=0"),
        ("Root=1-a-b;", f"Root=1-a-b;Parent={PARENT};Sampled=0"),
        ("Root=1-a-b;Sampled=1", f"Root=1-a-b;Sampled=1;Parent={PARENT}"),
        ("Root=1-a-b;Parent=c;Sampled=1", "Root=1-a-b;Parent=c;Sampled=1"),
        ("Self=1-x-y;Root=1-a-b;Parent=c", "Self=1-x-y;Root=1-a-b;Parent=c"),
    ],
)
def test_trace_ids(sent: str | None, expected: str) -> None:
    assert trace_id(sent, CountedIds(), 10.9) == expected


def test_random_ids_have_their_shapes_and_do_not_repeat() -> None:
    ids = RandomIds()
    assert uuid.UUID(ids.request_id()).version == 4
    assert len(base64.b64decode(ids.extended_id())) == 11
    assert [len(ids.trace_part(digits)) for digits in (16, 24)] == [16, 24]
    assert int(ids.trace_part(24), 16) >= 0
    for make in (ids.request_id, ids.extended_id, lambda: ids.trace_part(24)):
        assert len({make() for _ in range(100)}) == 100


def test_the_clock_counts_seconds_since_1970() -> None:
    assert system_clock() > 1_700_000_000
