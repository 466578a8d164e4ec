"""$context: its maps, its defaults."""

from __future__ import annotations

import re
import uuid
from datetime import datetime

import pytest

from tests.unit.recorded_context import RECORDED_IDENTITY, RECORDED_KEYS
from vtl.values.kinds import ContextMap
from vtl.variables.catalog import lookup
from vtl.variables.context import context_after, context_map, default_context

EMPTY = {"requestOverride": {"path": {}, "header": {}, "querystring": {}}, "responseOverride": {"header": {}}}


def test_overrides_are_there_from_the_start() -> None:
    assert context_after(context_map()) == EMPTY


def test_given_overrides_stay_and_what_is_no_map_gives_way() -> None:
    made = context_map({"requestOverride": {"header": {"a": "b"}, "path": "text"}, "responseOverride": {"status": 444}})
    assert context_after(made) == {
        "requestOverride": {"path": {}, "header": {"a": "b"}, "querystring": {}},
        "responseOverride": {"status": 444, "header": {}},
    }


def test_the_callers_context_is_never_touched() -> None:
    given = {"identity": {"user": None}, "list": [{}]}
    made = context_map(given)
    made["identity"]["user"] = "x"
    made["list"][0]["k"] = 1
    assert given == {"identity": {"user": None}, "list": [{}]}
    assert type(made["identity"]) is ContextMap


@pytest.mark.parametrize("seed", [0, 1, 2, 12345])
def test_the_default_context_has_the_recorded_keys_in_the_recorded_order(seed: int) -> None:
    made = context_map(default_context(seed))
    assert list(made) == RECORDED_KEYS
    assert list(made["identity"]) == RECORDED_IDENTITY


@pytest.mark.parametrize("seed", [0, 1, 2, 12345])
def test_default_values_have_the_shapes_of_aws(seed: int) -> None:
    made = default_context(seed, method="GET", resource_path="/pets/{id}", path="/pets/7", stage="prod", region="eu-west-1")
    assert uuid.UUID(made["requestId"]).version == 4
    assert re.fullmatch(r"\d{12}", made["accountId"])
    assert re.fullmatch(r"[a-z0-9]{10}", made["apiId"])
    assert re.fullmatch(r"[a-z0-9]{6}", made["resourceId"])
    assert re.fullmatch(r"[a-z0-9]{6}", made["deploymentId"])
    assert re.fullmatch(r"[A-Za-z0-9_-]{15}=", made["extendedRequestId"])
    assert made["domainName"] == f"{made['domainPrefix']}.execute-api.eu-west-1.amazonaws.com"
    assert (made["path"], made["resourcePath"], made["stage"], made["httpMethod"]) == (
        "/prod/pets/7",
        "/pets/{id}",
        "prod",
        "GET",
    )
    moment = datetime.strptime(made["requestTime"], "%d/%b/%Y:%H:%M:%S %z")
    assert int(moment.timestamp()) == made["requestTimeEpoch"] // 1000
    assert re.fullmatch(r"203\.0\.113\.\d{1,3}", made["identity"]["sourceIp"])


def test_the_seed_fixes_everything_else() -> None:
    assert default_context(5) == default_context(5)
    assert default_context(5)["requestId"] != default_context(6)["requestId"]
    assert default_context(5, stage="a")["requestId"] == default_context(5, stage="b")["requestId"]
    assert default_context(5, api_key="k")["requestId"] == default_context(5)["requestId"]


def test_authorizer_and_api_key_only_where_given() -> None:
    made = default_context(0, api_key="secret", authorizer={"principalId": "ann"})
    assert made["authorizer"] == {"principalId": "ann"}
    assert made["identity"]["apiKey"] == "secret"
    assert "authorizer" not in default_context(0)
    assert "apiKey" not in default_context(0)["identity"]


def test_every_default_is_documented() -> None:
    made = default_context(0, api_key="k", authorizer={})
    names = [f"context.{name}" for name in made] + [f"context.identity.{name}" for name in made["identity"]]
    assert [name for name in names if lookup(name) is None] == []
