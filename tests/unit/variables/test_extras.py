"""$xml, $json and $soap: only where somebody asks for them."""

from __future__ import annotations

import pytest

import vtl
from tests.unit.gateway.apis import ask, gateway_of, method, mock, one

XML = "<a><b>1</b><b>2</b><c/></a>"


@pytest.mark.parametrize(
    ("template", "body", "text"),
    [
        ("$xml.parse($input.body)", XML, '{a={b=["1","2"], c=}}'),
        ("$xml.path($input.body, '$.a.b[1]')$!xml.path($input.body, '$.none')", XML, "2"),
        ("$xml.toJson($input.body)", XML, '{"a": {"b": ["1", "2"], "c": ""}}'),
        ("$json.toXml($input.path('$'))", '{"a": {"b": [1, null]}}', None),
        ("$json.toXml($input.body)", '{"a": "<&>"}', "<a>&lt;&amp;&gt;</a>"),
        ("$soap.envelope('<a/>').contains('<soap:Body><a/></soap:Body>')", "", "true"),
        ("$soap.envelope('<a/>', '1.2').contains('2003/05/soap-envelope')", "", "true"),
        ("$!xml.parse($none)$!json.toXml($none)$!soap.envelope($none)", "", ""),
    ],
)
def test_what_they_make(template: str, body: str, text: str | None) -> None:
    made = vtl.MappingTemplate(template).apply(body, extras=True).body
    assert made == text if text is not None else made.startswith("<a ") and "<b>1</b><b xsi:nil" in made


@pytest.mark.parametrize(
    "template",
    [
        "$xml.parse('<a>')",
        "$xml.parse('<!DOCTYPE a><a/>')",
        "$json.toXml('{')",
        "$soap.envelope('x')",
        "$soap.envelope('<a/>', '2')",
    ],
)
def test_what_is_wrong_is_an_error_of_the_template(template: str) -> None:
    with pytest.raises(vtl.RenderError) as caught:
        vtl.MappingTemplate(template).apply(extras=True)
    assert caught.value.line == 1


def test_nobody_has_them_unasked() -> None:
    template = "$xml.toJson('<a/>')|$json.toXml({'a': 1})|$soap.envelope('<a/>')"
    assert vtl.MappingTemplate(template).apply().body == "||"
    document = one(method(mock(responseTemplates={"application/json": template})))
    assert ask(gateway_of(document)).body == b"||"
    assert ask(gateway_of(document, extras=True)).body.startswith(b'{"a": ""}|<a>1</a>|')
