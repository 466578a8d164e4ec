"""Models accept what the schema accepts, and refuse what the template would drop; jsonschema is the judge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.transforms.services import CLAIMS, FEWER, OPERATIONS, ORDERS, operation, values
from vtl.errors import InvalidValue
from vtl.transforms.operation_messages import read_request, request_message
from vtl.transforms.scaffold import sample_request
from vtl.transforms.scaffold_request import request_template
from vtl.transforms.schema_models import request_model
from vtl.transforms.wsdl import read_wsdl
from vtl.values.json import to_json

MODELS = {name: jsonschema.Draft4Validator(request_model(operation(path, name))) for path, name in OPERATIONS}


@pytest.mark.parametrize(("path", "name"), OPERATIONS, ids=[name for _, name in OPERATIONS])
@FEWER
@given(data=st.data())
def test_what_fits_the_schema_fits_the_model(path: Path, name: str, data: st.DataObject) -> None:
    found = operation(path, name)
    value = data.draw(values(found.schema, found.input.body[0]))
    jsonschema.Draft4Validator.check_schema(MODELS[name].schema)
    MODELS[name].validate(json.loads(to_json(value)))


def _order(**change: object) -> dict[str, Any]:
    sample = json.loads(to_json(sample_request(operation(ORDERS, "PlaceOrder"))))
    assert isinstance(sample, dict)
    return {**sample, **change}


@pytest.mark.parametrize(
    "order",
    [
        _order(chanel="web"),
        _order(channel="net"),
        _order(lines=None),
        _order(lines={"line": {"sku": "AB-123", "quantity": 1}}),
        _order(lines={"line": [{"sku": "AB-123"}]}),
        _order(lines={"line": [{"sku": "AB-123", "quantity": 0}]}),
        _order(lines={"line": [{"sku": "AB-123", "quantity": 1}] * 1001}),
        _order(customer={"@id": 1, "name": "n"}),
        _order(customer={"@id": 1, "name": "n", "email": "e", "phone": "p"}),
        _order(customer={"@id": 2**31, "name": "n", "email": "e"}),
        _order(discount="much"),
        _order(weight="heavy"),
        {key: value for key, value in _order().items() if key != "discount"},
    ],
)
def test_what_the_template_cannot_take_is_refused(order: object) -> None:
    assert MODELS["PlaceOrder"].is_valid(_order(discount="12.50", weight="INF", lines={"line": []}))
    assert not MODELS["PlaceOrder"].is_valid(order)


def test_types_and_depth() -> None:
    def claim(levels: int, **claimant: object) -> dict[str, Any]:
        damage: dict[str, Any] = {"what": "w"}
        for _ in range(levels - 1):
            damage = {"what": "w", "part": [damage]}
        return {"policy": "p", "claimant": {"name": "n", **claimant}, "damage": [damage]}

    model = MODELS["FileClaim"]
    assert model.is_valid(claim(3, **{"@xsi:type": "Person"}))
    assert model.is_valid({**claim(1, **{"@xsi:type": "Person"}), "soap:Header": {"Context": {"tenant": "t"}}})
    assert not model.is_valid(claim(4, **{"@xsi:type": "Person"}))
    assert not model.is_valid(claim(1))
    assert not model.is_valid(claim(1, **{"@xsi:type": "Party"}))
    assert not model.is_valid(claim(1, **{"@xsi:type": "Person", "register": "r"}))
    assert operation(CLAIMS, "FileClaim").input.headers


_DISCOUNT = ('name="discount" type="xs:decimal"', 'name="discount" type="o:Money"')


def test_null_does_not_say_all_of_what_has_required_attributes(tmp_path: Path) -> None:
    """XML Schema 1.0, Structures, cvc-elt: an element with xsi:nil needs its required attributes, and no abstract type."""
    text = ORDERS.read_text(encoding="utf-8").replace(*_DISCOUNT)
    (tmp_path / "x.wsdl").write_text(text, encoding="utf-8")
    found = read_wsdl(tmp_path / "x.wsdl").operation("PlaceOrder")
    model = jsonschema.Draft4Validator(request_model(found))
    money = {"@currency": "EUR", "#text": 1}
    assert model.is_valid(_order(discount=money))
    assert not model.is_valid(_order(discount=None))
    assert "xsi:nil" not in request_template(found).partition("<o:discount")[2].partition("tags")[0]
    with pytest.raises(InvalidValue, match="@currency") as caught:
        request_message(found, _order(discount=None))
    assert caught.value.path == "$.discount.@currency"
    sent = request_message(found, _order(discount={"@xsi:nil": True, "@currency": "EUR"})).body
    assert b'<o:discount xsi:nil="true" currency="EUR"/>' in sent
    assert isinstance(answer := read_request(found, sent), dict)
    assert answer["discount"] == {"@currency": "EUR", "@xsi:nil": True}
