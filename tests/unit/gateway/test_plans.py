"""What is worked out of a method before a request comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.gateway.apis import FUNCTION
from vtl.gateway import Gateway, plans
from vtl.gateway.plans import LazyTemplate, MethodPlan, ResponsePlan, lazy_templates, template_name
from vtl.gateway.validation import BodyModels
from vtl.limits import Limits
from vtl.loaders.loading import load
from vtl.mapping.failures import GatewayFailure
from vtl.mapping.selection import Passthrough
from vtl.model import Integration, IntegrationResponse, Method, RequestValidator, RestApi


@pytest.mark.parametrize(
    ("text", "names", "changes"),
    [
        ("$input.body", False, False),
        ("$context.requestId", True, False),
        ("#set($x = $context.requestId)", True, False),
        ("#set($context.requestOverride.path.p = 1)", True, True),
        ("#set( $o = $context.requestOverride )#set($o.header.X = 1)", True, True),
        ('#set ($context["requestOverride"]["path"].p = 1)', True, True),
        ("#{set}($context.responseOverride.status = 1)", True, True),
        ("$context.requestOverride.header.put('a', 'b')", True, True),
        ("$context.requestOverride.header.putAll($m)", True, True),
        ("$context.requestOverride.header. remove('a')", True, True),
    ],
)
def test_what_a_template_does_with_the_context(text: str, names: bool, changes: bool) -> None:
    template = LazyTemplate(text, "t")
    assert (template.names_context, template.changes_context) == (names, changes)
    assert template.compiled is template.compiled


def test_templates_without_text_are_kept() -> None:
    made = lazy_templates({"a/b": "", "c/d": None})  # type: ignore[dict-item]
    assert {key: (each.text, each.name) for key, each in made.items()} == {"a/b": ("", "a/b"), "c/d": ("", "c/d")}


def test_a_template_of_a_document_is_named_by_its_place(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("api") / "api.yaml"
    path.write_text(
        "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {}\n"
        "      x-amazon-apigateway-integration:\n        type: mock\n        requestTemplates:\n          application/json: |\n"
        '            {"statusCode": 200}\n',
        encoding="utf-8",
    )
    (api,) = load(path).apis
    assert isinstance(api, RestApi)
    (method,) = api.resources[0].methods
    assert method.integration is not None
    text = method.integration.request_templates["application/json"]
    assert template_name(text, "application/json").endswith("api.yaml:11")


def test_patterns_of_responses() -> None:
    assert ResponsePlan(IntegrationResponse("404", "4..")).takes("404")
    assert not ResponsePlan(IntegrationResponse("404", "4.")).takes("404")
    assert ResponsePlan(IntegrationResponse("404", ".*")).takes(None)
    assert not ResponsePlan(IntegrationResponse("404", ".+")).takes(None)
    assert not ResponsePlan(IntegrationResponse("404", ".+")).takes("a\nb")
    assert ResponsePlan(IntegrationResponse("404", "(\\n|.)+")).takes("a\nb")
    # The text itself, where the pattern stands for something else.
    assert ResponsePlan(IntegrationResponse("404", "[x]")).takes("[x]")


def test_a_pattern_that_is_none_fails_when_it_is_asked() -> None:
    with pytest.raises(GatewayFailure, match="Internal"):
        ResponsePlan(IntegrationResponse("404", "(")).takes("404")


@pytest.mark.parametrize(("status", "expected"), [("404", 404), ("", 200), ("999", 200), ("default", 200)])
def test_a_status_that_is_none_is_200(status: str, expected: int) -> None:
    assert ResponsePlan(IntegrationResponse(status)).status == expected


def _plan(method: Method, *validators: RequestValidator) -> MethodPlan:
    return MethodPlan(RestApi("t", request_validators=validators), "/a", method, lambda: BodyModels([]), "id")


def test_defaults() -> None:
    plan = _plan(Method("GET", integration=Integration("http", passthrough_behavior="never", content_handling="convert_to_text")))
    assert (plan.type, plan.is_proxy, plan.timeout) == ("HTTP", False, 29.0)
    assert plan.passthrough is Passthrough.NEVER
    assert plan.content_handling == "CONVERT_TO_TEXT"
    assert _plan(Method("GET")).type == "MISSING"


def test_templates_of_a_proxy_do_not_count() -> None:
    integration = Integration("aws_proxy", FUNCTION, "POST", request_templates={"application/json": "#if("})
    plan = _plan(Method("GET", integration=integration))
    assert plan.is_proxy
    assert plan.templates == {}
    assert plan.compile() == []


def test_all_templates_are_compiled_and_all_problems_told() -> None:
    responses = (IntegrationResponse("200", response_templates={"a/b": "#end", "c/d": "fine"}),)
    integration = Integration(
        "http", "http://a.test/", "GET", request_templates={"application/json": "#if("}, responses=responses
    )
    assert [type(each).__name__ for each in _plan(Method("GET", integration=integration)).compile()] == [
        "TemplateSyntaxError"
    ] * 2


def test_a_problem_of_a_template_has_its_place_in_its_document(tmp_path: Path) -> None:
    file = tmp_path / "api.yaml"
    file.write_text(
        "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      x-amazon-apigateway-integration:\n"
        "        type: mock\n        requestTemplates:\n          application/json: |\n            {\n              #set(x)\n"
    )
    (api,) = load(file).apis
    assert isinstance(api, RestApi)
    (problem,) = Gateway(api).problems()
    assert (problem.file, problem.line) == (str(file), 11)
    assert "#set(x)" in problem.diagnostic.render()


def test_what_a_validator_asks_for() -> None:
    required = {
        "method.request.querystring.q": True,
        "method.request.path.p": True,
        "method.request.header.h": True,
        "method.request.header.optional": False,
    }
    method = Method("GET", request_parameters=required, request_models={"a/b": "M"}, request_validator="v")
    both = _plan(method, RequestValidator("other"), RequestValidator("v", True, True)).validation
    assert both.parameters == (("header", "h"), ("path", "p"), ("querystring", "q"))
    assert both.models is not None
    neither = _plan(method, RequestValidator("v")).validation
    assert (neither.parameters, neither.models) == ((), None)
    unknown = _plan(method).validation
    assert (unknown.parameters, unknown.models) == ((), None)


def test_a_pattern_without_an_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.unit.gateway.apis import Remembering, ask, function, gateway_of, method, ok, one
    from vtl.errors import FunctionError

    monkeypatch.setattr(plans, "_LIMITS", Limits(regex_seconds=0.05))
    backend = Remembering(error=FunctionError({"errorMessage": "a" * 60}))
    responses = {"(a|aa)+b": ok(), "default": ok()}
    answer = ask(gateway_of(one(method(function("aws", responses=responses))), backend))
    assert (answer.status, answer.body) == (500, b'{"message": "Internal server error"}')
