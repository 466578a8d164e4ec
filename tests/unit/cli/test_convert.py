"""`vtl convert`, in this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vtl.cli import main

WSDL = str(Path(__file__).parents[3] / "samples" / "soap-bridge" / "parcels.wsdl")


def _run(*arguments: str, document: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["convert", *arguments], input=document)


def test_the_content_says_which_way() -> None:
    assert _run(document="\n <a>1</a>").stdout == '{\n  "a": "1"\n}\n'
    assert _run(document="<a>1</a>".encode("utf-16")).stdout == '{\n  "a": "1"\n}\n'
    assert _run(document=' {"a": 1}').stdout == "<a>1</a>\n"
    assert _run("--indent", "0", document='{"a": {"b": 1}}').stdout == "<a><b>1</b></a>\n"
    assert _run("auto", document="<a/>").stdout == '{\n  "a": ""\n}\n'
    assert "json2xml" in _run("--help").stdout


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "xml2json").write_text("<a/>", encoding="utf-8")
    assert _run("xml2json", str(tmp_path / "xml2json")).stdout == '{\n  "a": ""\n}\n'
    assert _run(str(tmp_path / "none.xml")).exit_code == 2


def test_options() -> None:
    text = "<p:a xmlns:p='u' x='1'><b>007</b><c>1</c></p:a>"
    options = ["--array", "b", "--types", "recognise", "--untyped", "c", "--prefix", "m=u", "--set", "attribute_prefix=_"]
    assert json.loads(_run("xml2json", *options, document=text).stdout) == {"m:a": {"_x": 1, "b": ["007"], "c": "1"}}
    result = _run("xml2json", "--set", "attribute_prefix=none", "--set", "text_always=true", document="<a x='1'>t</a>")
    assert json.loads(result.stdout) == {"a": {"#text": "t"}}
    assert _run("json2xml", "--root", "r", "--set", "item=i", "--indent", "0", "--set", "cdata=i,j", document='["x"]').stdout == (
        "<r><i><![CDATA[x]]></i></r>\n"
    )
    assert _run("json2xml", "--convention", "jsonml", document='["a", ["b"]]').stdout == "<a>\n  <b/>\n</a>\n"


def test_decimals_keep_their_digits(tmp_path: Path) -> None:
    assert _run("json2xml", document='{"a": 2.50}').stdout == "<a>2.50</a>\n"
    (tmp_path / "s.json").write_text('{"properties": {"a": {"type": "number"}}}', encoding="utf-8")
    long = "1.10000000000000000001"
    assert _run("--schema", str(tmp_path / "s.json"), document=f"<a>{long}</a>").stdout == f'{{\n  "a": {long}\n}}\n'


def test_losses() -> None:
    result = _run("--losses", document='{"a": {"b": [1]}}')
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "$.a.b: an array of 1 becomes no array (other arrays)",
        "$.a.b[0]: 1 becomes '1' (types)",
    ]
    assert (_run("xml2json", "--losses", document="<a>x</a>").exit_code, _run("--losses", document="<a>x</a>").stdout) == (0, "")
    assert "(mixed)" in _run("xml2json", "--losses", document="<a>x<b/>y</a>").stdout


@pytest.mark.parametrize(
    ("arguments", "document", "status", "message"),
    [
        ([], "<a>\n<b></a>", 1, "<stdin>:2:"),
        ([], "<!DOCTYPE a><a/>", 1, "<stdin>:1:1: error: a document type declaration"),
        ([], '{"a": [1, }', 1, "<stdin>:1:11: error: not JSON: "),
        ([], "hello", 1, "<stdin>:1:1: error: not JSON: this is no JSON value"),
        ([], '{"a": 1} {"b": 2}', 1, "<stdin>:1:10: error: not JSON: there is more after the end"),
        ([], "{'a': 1}", 1, "<stdin>:1:2: error: not JSON: "),
        ([], "NaN", 1, "<stdin>:1:1: error: not JSON: "),
        ([], "[" * 100_000 + "]" * 100_000, 1, "nested deeper than"),
        (["soap", "--wsdl", WSDL, "--operation", "Nope"], "{}", 2, "hint: there are TrackParcel, RegisterParcels"),
        ([], '{"a b": 1}', 1, "'a b' is no name in XML, at $"),
        (["--set", "nope=1"], "<a/>", 2, "no option 'nope'"),
        (["--set", "nope"], "<a/>", 2, "--set is OPTION=VALUE"),
        (["--set", "declaration=maybe"], "<a/>", 2, "true or false"),
        (["--prefix", "p"], "<a/>", 2, "--prefix is PREFIX=NAMESPACE"),
        (["--schema", "none.json"], "<a/>", 2, "none.json"),
        (["--convention", "none"], "<a/>", 2, "none"),
    ],
)
def test_mistakes_are_told(arguments: list[str], document: str, status: int, message: str) -> None:
    result = _run(*arguments, document=document)
    assert (result.exit_code, result.stdout) == (status, "")
    assert message in result.stderr


@pytest.mark.parametrize("text", ["[1]", "{", "[" * 100_000])
def test_schemas_that_are_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(text, encoding="utf-8")
    result = _run("--schema", str(tmp_path / "s.json"), document="<a/>")
    assert result.exit_code == 2
    assert "the schema" in result.stderr


def test_a_wsdl_as_a_schema() -> None:
    content = "<number>P000001</number><price>4.90</price>"
    text = f"<RegisterParcelsResponse xmlns='urn:example:parcels'>{content}</RegisterParcelsResponse>"
    result = _run("--schema", WSDL, document=text)
    assert '"price": 4.90' in result.stdout
    assert json.loads(result.stdout) == {"RegisterParcelsResponse": {"number": ["P000001"], "price": 4.9}}


@pytest.mark.parametrize("uri", ["http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"])
def test_an_envelope_gives_what_is_in_it(uri: str) -> None:
    text = f"<s:Envelope xmlns:s='{uri}'><s:Body><a>1</a></s:Body></s:Envelope>"
    assert json.loads(_run(document=text.encode("utf-16")).stdout) == {"a": "1"}
    assert "Body" in json.loads(_run("xml2json", document=text).stdout)["Envelope"]
    assert json.loads(_run(document="<Envelope><a/></Envelope>").stdout) == {"Envelope": {"a": ""}}
    fault = text.replace("<a>1</a>", "<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault>")
    if "2003" not in uri:
        assert _run(document=fault).exit_code == 1
