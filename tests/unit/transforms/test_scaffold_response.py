"""Response templates: flat answers and faults as JSON, here and in the Java engine; everything else is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.differential.oracle import Oracle, missing
from tests.unit.transforms.services import CLAIMS, LEDGER, ORDERS, operation, values
from vtl.mapping import MappingTemplate
from vtl.transforms.operation_messages import FaultMessage, answer_message, fault_message
from vtl.transforms.scaffold_response import NotFlat, answer_template, fault_template
from vtl.transforms.wsdl import Version, read_wsdl

STOCK = MappingTemplate(answer_template(operation(ORDERS, "GetStock")))
BALANCE = MappingTemplate(answer_template(operation(LEDGER, "Balance")))
FAULTS = {version: MappingTemplate(fault_template(operation(ORDERS, "PlaceOrder", version))) for version in ("1.1", "1.2")}


def _envelope(inside: str) -> str:
    return f'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{inside}</s:Body></s:Envelope>'


def _stock(inside: str) -> str:
    return _envelope(f'<x:GetStockResponse xmlns:x="urn:example:orders">{inside}</x:GetStockResponse>')


@given(data=st.data())
def test_a_flat_answer_is_what_the_library_reads(data: st.DataObject) -> None:
    found = operation(ORDERS, "GetStock")
    assert found.output is not None
    value = data.draw(values(found.schema, found.output.body[0]))
    printed = STOCK.apply(answer_message(found, value)).body
    assert json.loads(printed, parse_float=Decimal) == value


ANSWERS = [
    ("<x:sku/><x:available> -07 </x:available>", {"sku": "", "available": -7}),
    ('<x:sku a="b"/><x:available>+1</x:available><x:price>1.</x:price>', {"sku": "", "available": 1, "price": 1}),
    ("<x:sku>a</x:sku><x:available>two</x:available>", {"sku": "a", "available": "two"}),
    (
        "<x:sku>&lt;&amp;amp;&quot;&apos;&#39;&#xE9;&#10;&#x9;\\u0041 / é😀</x:sku><x:shelf><x:aisle>\n</x:aisle>"
        "<x:heated>0</x:heated></x:shelf>",
        {"sku": "<&amp;\"''é\n\t\\u0041 / é😀", "shelf": {"aisle": "\n", "heated": False}},
    ),
    ("<x:sku><![CDATA[<b>]]></x:sku>", {"sku": "<b>"}),
    (
        "<x:sku>&#233;&#8364;&#0169;&#128512;|&#x1F600;&#xe9;&#x00A;&#60;b&#62; &#34;&#92;&#x5C; &#38;#10;&amp;#10;</x:sku>",
        {"sku": 'é€©😀|😀é\n<b> "\\\\ &#10;&#10;'},
    ),
    ("<x:sku>&#12345678;&#xFFFFFFF; &#233</x:sku>", {"sku": "&#12345678;&#xFFFFFFF; &#233"}),
    ("<x:sku>a</x:sku><x:available>1</x:available><x:price>-.50</x:price>", {"sku": "a", "available": 1, "price": -0.5}),
    ("<x:sku>a</x:sku><x:available>1</x:available><x:price> .5 </x:price>", {"sku": "a", "available": 1, "price": 0.5}),
    ("", {}),
]


@pytest.mark.parametrize(("inside", "value"), ANSWERS)
def test_flat_leaves(inside: str, value: object) -> None:
    assert json.loads(STOCK.apply(_stock(inside)).body) == value


@pytest.mark.parametrize(
    ("kind", "value"), [("token", "a b"), ("date", "a b"), ("normalizedString", "  a\n b "), ("string", "  a\n b ")]
)
def test_blanks_that_a_type_does_not_count(kind: str, value: str, tmp_path: Path) -> None:
    text = ORDERS.read_text(encoding="utf-8").replace('name="aisle" type="xs:string"', f'name="aisle" type="xs:{kind}"')
    (tmp_path / "x.wsdl").write_text(text, encoding="utf-8")
    template = MappingTemplate(answer_template(read_wsdl(tmp_path / "x.wsdl").operation("GetStock")))
    answer = _stock("<x:shelf><x:aisle>  a\n b </x:aisle></x:shelf>")
    assert json.loads(template.apply(answer).body) == {"shelf": {"aisle": value}}


def test_a_part_of_rpc() -> None:
    body = _envelope('<r:BalanceResponse xmlns:r="http://example.com/ledger/calls"><balance>0.10</balance></r:BalanceResponse>')
    assert BALANCE.apply(body).body.strip().splitlines()[-1] != ""
    assert json.loads(BALANCE.apply(body).body) == {"balance": 0.1}


@pytest.mark.parametrize(
    ("path", "name", "words"),
    [
        (ORDERS, "PlaceOrder", "may hold several 'line'"),
        (LEDGER, "Book", "may hold several 'booking'"),
        (CLAIMS, "FileClaim", "damage"),
    ],
)
def test_what_repeats_is_refused(path: Path, name: str, words: str) -> None:
    with pytest.raises(NotFlat, match=words):
        answer_template(operation(path, name))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name="aisle"', 'name="sku"', "'sku' stands at several places"),
        ('name="aisle" type="xs:string"', 'name="aisle" type="o:Money"', "has attributes"),
        ('name="aisle" type="xs:string"', 'name="aisle" type="o:Tags"', "is a list"),
        ('name="aisle" type="xs:string"', 'name="aisle"', "has attributes"),
        (
            'name="aisle" type="xs:string"/>',
            'name="aisle"><xs:simpleType><xs:union memberTypes="xs:int xs:string"/></xs:simpleType></xs:element>',
            "of several types",
        ),
    ],
)
def test_what_is_not_flat_is_refused(old: str, new: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "x.wsdl").write_text(ORDERS.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(NotFlat, match=words):
        answer_template(read_wsdl(tmp_path / "x.wsdl").operation("GetStock"))


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize(("code", "status"), [("Client", 400), ("Server", 502), ("MustUnderstand", 502)])
def test_faults(version: Version, code: str, status: int) -> None:
    found = operation(ORDERS, "PlaceOrder", version)
    detail = {"sku": "AB-123", "left": 2}
    message = fault_message(found, FaultMessage(code, 'no <more> "x"', found.faults[0].element, detail))
    result = FAULTS[version].apply(message)
    new = {"Client": "Sender", "Server": "Receiver"} if version == "1.2" else {}
    assert json.loads(result.body) == {
        "fault": {"code": new.get(code, code), "message": 'no <more> "x"', "name": "OutOfStock", "detail": detail}
    }
    assert result.context["responseOverride"]["status"] == status


@pytest.mark.parametrize("body", ["", "<html><body>Bad gateway</body></html>", "{}", "plain"])
def test_what_is_no_soap_becomes_a_clear_error(body: str) -> None:
    result = FAULTS["1.1"].apply(body)
    assert json.loads(result.body) == {"fault": {"code": "NotSoap", "message": "the backend did not answer with SOAP"}}
    assert result.context["responseOverride"]["status"] == 502


def test_statuses_by_name_and_by_code() -> None:
    found = operation(ORDERS, "PlaceOrder")
    template = MappingTemplate(fault_template(found, {"OutOfStock": 409, "Server": 500, "Client.Busy": 429}))
    detail = {"sku": "AB-123", "left": 2}
    named = template.apply(fault_message(found, FaultMessage("Client", "m", found.faults[0].element, detail)))
    assert named.context["responseOverride"]["status"] == 409
    for code, status in (("Server", 500), ("Client", 400), ("Client.Busy", 429), ("Other", 502)):
        result = template.apply(fault_message(found, FaultMessage(code, "m")))
        assert result.context["responseOverride"]["status"] == status


def test_a_fault_of_no_name_and_a_code_with_a_point() -> None:
    result = FAULTS["1.1"].apply(_envelope("<s:Fault><faultcode>s:Client.Token</faultcode><faultstring/></s:Fault>"))
    assert json.loads(result.body) == {"fault": {"code": "Client.Token", "message": ""}}
    assert result.context["responseOverride"]["status"] == 400


@pytest.mark.oracle
def test_the_java_engine_prints_the_same() -> None:
    if reason := missing():
        pytest.skip(reason)
    cases = [(STOCK, _stock(inside)) for inside, _ in ANSWERS]
    found = operation(ORDERS, "PlaceOrder")
    fault = FaultMessage("Client", "m", found.faults[0].element, {"sku": "AB-123", "left": 2})
    cases += [
        (FAULTS["1.1"], fault_message(found, fault).decode()),
        (FAULTS["1.1"], "<html/>"),
        (BALANCE, _envelope("<balance/>")),
    ]
    requests = [json.dumps({"id": "x", "template": item.source.text, "gateway": {"body": body}}) for item, body in cases]
    with Oracle() as oracle:
        answers = oracle.ask(requests)
    for (template, body), answer in zip(cases, answers, strict=True):
        assert answer.ok, answer.error
        assert answer.output == template.apply(body).body
