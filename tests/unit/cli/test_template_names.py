"""Names of templates: files, places and sites."""

from __future__ import annotations

from pathlib import Path

import pytest

from vtl.cli.template_names import read_template
from vtl.diagnostics import Diagnostic
from vtl.errors import InputError
from vtl.source import Source, Span

OPENAPI = """\
openapi: 3.0.1
paths:
  /pets:
    post:
      x-amazon-apigateway-integration:
        type: aws
        requestTemplates:
          application/json: |
            {
              "a": $input.json('$.a')
            }
          application/xml: <a>$input.path('$.a')</a>
        responses:
          default: {statusCode: "200", responseTemplates: {application/json: "x\\ny", text/plain: z}}
"""
POST_JSON = "{\n  \"a\": $input.json('$.a')\n}\n"


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_text(OPENAPI, encoding="utf-8")
    Path("a.vtl").write_text("$a\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.vtl", "$a\n"),
        ("a.vtl:1", "$a\n"),
        ("api.yaml:9", POST_JSON),
        ("api.yaml:10", POST_JSON),
        ("api.yaml:9:13", POST_JSON),
        ("./api.yaml:12", "<a>$input.path('$.a')</a>"),
        ("api.yaml#POST /pets request application/json", POST_JSON),
        ("api.yaml#'POST /pets request application/json'", POST_JSON),
        ("api.yaml#request application/xml", "<a>$input.path('$.a')</a>"),
        ("api.yaml#post response text/plain", "z"),
        (".#response 200 application/json", "x\ny"),
    ],
)
def test_a_name_that_fits_one_template(name: str, text: str) -> None:
    assert read_template(name).text == text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("api.yaml:2", "there is no template 'api.yaml:2'"),
        ("api.yaml:14", "'api.yaml:14' names 2 templates"),
        ("api.yaml#POST request", "'api.yaml#POST request' names 2 templates"),
        ("api.yaml#GET", "there is no template 'api.yaml#GET'"),
        ("api.yaml", "'api.yaml' names 4 templates"),
    ],
)
def test_an_ambiguous_or_unknown_name_lists_the_candidates(name: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_template(name)
    assert caught.value.message == message
    first = "api.yaml:14:" if name.endswith(":14") else "api.yaml:9:13: POST /pets request application/json"
    assert first in str(caught.value.hint)


def test_a_long_list_of_candidates_is_cut() -> None:
    kinds = "".join(f"          text/x-{number}: t{number}\n" for number in range(30))
    Path("many.yaml").write_text(
        OPENAPI.replace("          application/xml", f"{kinds}          application/xml"), encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        read_template("many.yaml#GET")
    assert str(caught.value.hint).endswith("    and 14 more")


def test_a_document_without_templates_is_a_template_itself() -> None:
    Path("order.json").write_text('{"a": "$a"}', encoding="utf-8")
    assert read_template("order.json").text == '{"a": "$a"}'
    with pytest.raises(InputError, match="there is no template in"):
        read_template("order.json:1")


def test_a_name_with_the_marks_in_it_is_still_a_file() -> None:
    Path("a:1").write_text("colon", encoding="utf-8")
    Path("a#b.vtl").write_text("hash", encoding="utf-8")
    assert read_template("a:1").text == "colon"
    assert read_template("a#b.vtl").text == "hash"
    assert read_template("a#b.vtl:1").text == "hash"


@pytest.mark.parametrize("name", ["none.vtl", "none.yaml:3", "none.yaml#POST", "a.vtl:x", "a.vtl:99999999999"])
def test_no_such_file(name: str) -> None:
    with pytest.raises(InputError, match="cannot read the template"):
        read_template(name)


def test_what_is_said_about_a_template_is_said_at_its_place_in_the_document() -> None:
    template = read_template("api.yaml:9")
    at = template.text.index("$input")
    diagnostic = Diagnostic("x", Source("api.yaml", template.text), Span(at, at + 6))
    assert template.placed(diagnostic).location == "api.yaml:10:20"
    assert template.place(at) == (10, 20)
    other = Diagnostic("x", Source("api.yaml", "other"), Span(0, 1))
    assert template.placed(other) is other
