"""The table of documented variables, and that the run time has what it names."""

from __future__ import annotations

from vtl.values.methods import names
from vtl.variables.catalog import ACCESS_LOG, CATALOG, EVERYWHERE, LOGS, TEMPLATES, lookup
from vtl.variables.input import Input


def test_names_are_unique_and_each_row_is_complete() -> None:
    assert len({variable.name for variable in CATALOG}) == len(CATALOG)
    for variable in CATALOG:
        assert variable.description and variable.page and variable.places <= EVERYWHERE
        assert variable.type in ("string", "number", "map", "any")
        assert variable.rest or variable.websocket
        parent = variable.name.rpartition(".")[0]
        assert "." not in parent or variable.places == LOGS or lookup(parent) is not None


def test_input_has_what_the_table_names() -> None:
    listed = {variable.name.split(".")[1].partition("(")[0] for variable in CATALOG if variable.name.startswith("input.")}
    assert listed == {"body", "json", "path", "params"}
    assert {"getBody", "json", "path", "params"} <= names(Input(""))


def test_lookup() -> None:
    source = lookup("context.identity.sourceIp")
    assert source is not None and source.places == EVERYWHERE and source.websocket
    header = lookup("context.requestOverride.header.X-Id")
    assert header is not None and header.writable and header.places == TEMPLATES
    claim = lookup("context.authorizer.claims.email")
    assert claim is not None and claim.name == "context.authorizer.claims.*"
    assert lookup("context.nothing") is None
    assert lookup("nothing") is None
    latency = lookup("context.integrationLatency")
    assert latency is not None and latency.places == {ACCESS_LOG}
    route = lookup("context.routeKey")
    assert route is not None and not route.rest
    method = lookup("util.parseJson(text)")
    assert method is not None and method.is_method
