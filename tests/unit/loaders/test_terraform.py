"""Terraform: a directory with its locals, defaults, sibling files and local modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.loaders.places import loaded, only, write
from vtl.loaders import Loaded, load
from vtl.model import HttpApi, RestApi, WebSocketApi

MAIN = """\
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
  binary_media_types = ["a/b"]
  endpoint_configuration { types = ["REGIONAL"] }
}
resource "aws_api_gateway_resource" "pets" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "pets"
}
resource "aws_api_gateway_resource" "pet" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_resource.pets.id
  path_part   = "{id}"
}
resource "aws_api_gateway_method" "put" {
  rest_api_id        = aws_api_gateway_rest_api.shop.id
  resource_id        = "${aws_api_gateway_resource.pet.id}"
  http_method        = "PUT"
  authorization      = "AWS_IAM"
  api_key_required   = true
  request_parameters = { "method.request.path.id" = true }
  request_models     = { "application/json" = "Pet" }
}
resource "aws_api_gateway_integration" "put" {
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = aws_api_gateway_resource.pet.id
  http_method             = aws_api_gateway_method.put.http_method
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = "arn:aws:apigateway:${var.region}:dynamodb:action/PutItem"
  passthrough_behavior    = "NEVER"
  timeout_milliseconds    = 3000
  tls_config { insecure_skip_verification = true }
  request_templates = {
    "application/json" = <<-EOF
      {"TableName": "${aws_dynamodb_table.pets.name}",
        "Region": "${var.region}", "Keep": "$${x}"}
    EOF
    "text/plain" = "a\\n\\"b\\" ${local.word}"
  }
}
resource "aws_api_gateway_method_response" "ok" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  resource_id = aws_api_gateway_resource.pet.id
  http_method = aws_api_gateway_method.put.http_method
  status_code = "200"
}
resource "aws_api_gateway_integration_response" "ok" {
  rest_api_id        = aws_api_gateway_rest_api.shop.id
  resource_id        = aws_api_gateway_resource.pet.id
  http_method        = aws_api_gateway_method.put.http_method
  status_code        = aws_api_gateway_method_response.ok.status_code
  response_templates = { "application/json" = local.answer }
}
resource "aws_api_gateway_gateway_response" "bad" {
  rest_api_id        = aws_api_gateway_rest_api.shop.id
  response_type      = "BAD_REQUEST_BODY"
  response_templates = { "application/json" = "{}" }
}
resource "aws_api_gateway_stage" "live" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  stage_name  = "live"
  variables   = { table = "pets" }
  access_log_settings { format = jsonencode({ id = "$context.requestId" }) }
}
"""
OTHER = """\
variable "region" { default = "eu-west-1" }
resource "aws_dynamodb_table" "pets" { hash_key = "id" }
locals {
  word   = upper("x")
  answer = file("${path.module}/answer.vtl")
}
"""
FILES = {"main.tf": MAIN, "other.tf": OTHER, "answer.vtl": "#set($x = 1)\n$x\n"}


def found(result: Loaded) -> list[tuple[str, str, str, int, int]]:
    """Name, text and place of each template."""
    return [(item.name, str(item.text), Path(item.file).name, item.line, item.column) for item in result.templates]


def test_templates_of_a_directory(tmp_path: Path) -> None:
    result = loaded(tmp_path, FILES, "main.tf")
    assert not result.diagnostics
    assert found(result) == [
        (
            "PUT /pets/{id} request application/json",
            '{"TableName": "aws-dynamodb-table-pets-name",\n  "Region": "eu-west-1", "Keep": "${x}"}\n',
            "main.tf",
            37,
            7,
        ),
        ("PUT /pets/{id} request text/plain", 'a\n"b" X', "main.tf", 40, 21),
        ("PUT /pets/{id} response 200 application/json", "#set($x = 1)\n$x\n", "answer.vtl", 1, 1),
        ("aws_api_gateway_stage.live access-log", '{"id":"$context.requestId"}', "main.tf", 65, 45),
        ("BAD_REQUEST_BODY gateway-response application/json", "{}", "main.tf", 59, 48),
    ]
    first = result.templates[0]
    assert [mark.expression for mark in first.placeholders] == ["aws_dynamodb_table.pets.name", "var.region"]
    second_line = first.text.index('"Region"')
    assert (first.where(second_line).line, first.where(second_line).column) == (38, 9)
    assert (first.site.address, first.site.api) == ("aws_api_gateway_integration.put", "shop")
    assert result.templates[2].site.address == "aws_api_gateway_integration_response.ok"
    assert first.site.integration is not None
    assert [item.status_code for item in first.site.integration.responses] == ["200"]


def test_the_api_of_a_directory(tmp_path: Path) -> None:
    (api,) = loaded(tmp_path, FILES).apis
    assert isinstance(api, RestApi)
    assert (api.name, api.address, api.binary_media_types) == ("shop", "aws_api_gateway_rest_api.shop", ("a/b",))
    assert api.endpoint_types == ("REGIONAL",)
    (resource,) = api.resources
    (method,) = resource.methods
    assert (resource.path, method.http_method, method.authorization_type) == ("/pets/{id}", "PUT", "AWS_IAM")
    assert (method.api_key_required, method.request_parameters) == (True, {"method.request.path.id": True})
    assert method.request_models == {"application/json": "Pet"}
    assert [item.status_code for item in method.responses] == ["200"]
    integration = method.integration
    assert integration is not None
    assert (integration.type, integration.http_method, integration.timeout_in_millis) == ("AWS", "POST", 3000)
    assert (integration.passthrough_behavior, integration.insecure_skip_verification) == ("NEVER", True)
    assert integration.uri == "arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem"
    assert api.stages[0].variables == {"table": "pets"}
    assert api.gateway_responses[0].response_type == "BAD_REQUEST_BODY"


def integration(templates: str) -> str:
    return f'resource "aws_api_gateway_integration" "x" {{\n  type = "AWS"\n  request_templates = {templates}\n}}\n'


@pytest.mark.parametrize(
    ("templates", "text"),
    [
        ('{ "a/b" = "x" }', "x"),
        ('tomap({ "a/b" : "x" })', "x"),
        ('{ "a/b" = file("t.vtl") }', "file $x\n"),
        ('{ "a/b" = trimspace(file("./t.vtl")) }', "file $x"),
        ('{ "a/b" = chomp(file("${path.module}/t.vtl")) }', "file $x"),
        ('{ "a/b" = replace(file("t.vtl"), "$x", "y") }', "file y\n"),
        ('{ "a/b" = replace("x y", "/x/", "z") }', "x y"),
        ('{ "a/b" = templatefile("t.tpl", { name = "pets", list = [1] }) }', "pets list ${keep}\n"),
        ('{ "a/b" = data.template_file.t.rendered }', "data list ${keep}\n"),
        (
            '{ "a/b" = jsonencode({ b = "<$x>", a = [1, true, null, "é\\n"] }) }',
            '{"b":"\\u003c$x\\u003e","a":[1,true,null,"é\\n"]}',
        ),
        ('{ "a/b" = jsonencode(yamldecode("a: 1")) }', '{"a":1}'),
        ('{ "a/b" = jsondecode("{\\"k\\": \\"v\\"}").k }', "v"),
        ('{ "a/b" = join("\\n", ["x", "y"]) }', "x\ny"),
        ('{ "a/b" = format("%s-%d%%", "x", 3) }', "x-3%"),
        ('merge({ "a/b" = "x" }, { "a/b" = "y" })', "y"),
        ('{ "a/b" = lookup({ k = "v" }, "k", "d") }', "v"),
        ('{ "a/b" = lookup({ k = "v" }, "n", "d") }', "d"),
        ('{ "a/b" = element(["x", "y"], 3) }', "y"),
        ('{ "a/b" = concat(["x"], ["y"])[1] }', "y"),
        ('{ "a/b" = coalesce(null, "x") }', "x"),
        ('{ "a/b" = lower("X") }', "x"),
        ('{ "a/b" = var.given }', "default $input.body"),
        ('{ "a/b" = local.map["k"].deep[0] }', "deep"),
        ('{ "a/b" = local.map.k.deep.0 }', "deep"),
        ('{ for k, v in { "a/b" = "x" } : k => "${v}!" }', "x!"),
        ('{ "a/b" = join(",", [for v in ["x", "y"] : "<${v}>"]) }', "<x>,<y>"),
        ('{ "a/b" = true ? "x" : "y" }', "x"),
        ('{ "a/b" = "a" == "b" ? "x" : "y" }', "y"),
        ('{ "a/b" = "%{ if true }x%{ else }y%{ endif }z" }', "xz"),
        ('{ (local.key) = "x" }', "x"),
        ('{ "a/b" = "\\u00e9\\U0001F600\\t" }', "é😀\t"),
        ('{ "a/b" = "pre ${unknown(1)} post" }', "pre unknown-1 post"),
        ('{ "a/b" = <<EOF\n  ${var.missing}\n\n  x\nEOF\n}', "  var-missing\n\n  x\n"),
        ('{ "a/b" = <<-EOF\n\t\tx\n\t\t  y\n\tEOF\n}', "x\n  y\n"),
        ('{ "a/b" = <<EOF\n%{ for x in y ~}\n  a\n%{ endfor ~}\nEOF\n}', "a\n"),
    ],
)
def test_expressions_around_a_template(tmp_path: Path, templates: str, text: str) -> None:
    files = {
        "m.tf": integration(templates)
        + 'variable "given" { default = "default $input.body" }\n'
        + 'locals {\n  key = "a/b"\n  map = { k = { deep = ["deep"] } }\n}\n'
        + 'data "template_file" "t" {\n  template = file("t.tpl")\n  vars = { name = "data" }\n}\n',
        "t.vtl": "file $x\n",
        "t.tpl": "${name} list $${keep}\n",
    }
    template = next(item for item in loaded(tmp_path, files, "m.tf").templates if item.site.address.endswith("integration.x"))
    assert (template.text, template.content_type) == (text, "a/b")


def test_both_branches_of_an_unknown_condition(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"m.tf": integration('{ "a/b" = var.x == "y" ? "one" : "two" }')})
    assert [str(item.text) for item in result.templates] == ["one", "two"]


def test_for_each_over_known_keys_and_count(tmp_path: Path) -> None:
    text = (
        'locals { ops = { get = { t = "one" }, put = { t = "two" } } }\n'
        'resource "aws_api_gateway_resource" "r" {\n  for_each = local.ops\n  path_part = each.key\n}\n'
        'resource "aws_api_gateway_integration" "i" {\n  for_each = local.ops\n'
        "  resource_id = aws_api_gateway_resource.r[each.key].id\n  http_method = upper(each.key)\n"
        '  request_templates = { "a/b" = each.value.t }\n}\n'
        'resource "aws_api_gateway_integration" "s" {\n  for_each = toset(["x"])\n'
        '  request_templates = { "a/b" = "${each.value}!" }\n}\n'
    )
    result = loaded(tmp_path, {"m.tf": text})
    assert [(item.name, str(item.text), item.site.address) for item in result.templates] == [
        ("GET /get request a/b", "one", 'aws_api_gateway_integration.i["get"]'),
        ("PUT /put request a/b", "two", 'aws_api_gateway_integration.i["put"]'),
        ("/ request a/b", "x!", 'aws_api_gateway_integration.s["x"]'),
    ]


def test_a_body_of_every_kind(tmp_path: Path) -> None:
    document = (
        '{ openapi = "3.0.1", paths = { "/a" = { post = { "x-amazon-apigateway-integration" = {\n'
        '  type = "aws", requestTemplates = { "a/b" = "{\\"t\\": \\"${aws_x.y.name}\\"}" } } } } } }'
    )
    text = (
        "openapi: 3.0.1\npaths:\n  /a:\n    post:\n      x-amazon-apigateway-integration:\n        uri: ${uri}\n"
        '        requestTemplates:\n          a/b: \'{"t": "${t}"}\'\n'
    )
    api = 'resource "aws_api_gateway_rest_api" "a" {{\n  name = "n"\n  body = {}\n}}\n'
    bodies = {
        "encoded": (f"jsonencode({document})", "main.tf", 4),
        "yaml": (f"yamlencode({document})", "main.tf", 4),
        "heredoc": (f"<<EOT\n{text}EOT", "main.tf", 11),
        "file": ('file("doc.yaml")', "doc.yaml", 8),
        "template": ('templatefile("doc.yaml", { t = aws_x.y.name, uri = "u" })', "doc.yaml", 8),
        "local": ("local.doc", "main.tf", 7),
    }
    for name, (body, file, line) in bodies.items():
        more = f"locals {{\n  doc = jsonencode({document})\n}}\n" if name == "local" else ""
        files = {"main.tf": api.format(body) + more, "doc.yaml": text}
        template = only(loaded(tmp_path / name, files, "main.tf"))
        assert (template.name, Path(template.file).name, template.line) == ("POST /a request a/b", file, line), name
        assert template.site.address == "aws_api_gateway_rest_api.a"
        if name != "file":
            assert template.text in ('{"t": "aws-x-y-name"}', '{"t": "t"}')
            assert len(template.placeholders) == 1


def test_local_modules_get_their_arguments(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "m" {\n  source = "./modules/m"\n  request_template = <<EOF\n'
        '{"a": "$input.body"}\nEOF\n  path = "pets"\n}\n'
        'module "far" {\n  source = "org/far/aws"\n  request_template = "{\\"far\\": $input.body}"\n}\n'
        'resource "aws_api_gateway_integration" "out" { request_templates = { "a/b" = module.m.text } }\n',
        "modules/m/main.tf": 'variable "request_template" {}\nvariable "path" {}\noutput "text" { value = "from ${var.path}" }\n'
        'resource "aws_api_gateway_resource" "r" { path_part = var.path }\n'
        'resource "aws_api_gateway_integration" "i" {\n  resource_id = aws_api_gateway_resource.r.id\n'
        '  http_method = "GET"\n  request_templates = { "a/b" = var.request_template }\n}\n',
    }
    result = loaded(tmp_path, files)
    assert [(item.name, str(item.text), item.line, item.site.address) for item in result.templates] == [
        ("/ request a/b", "from pets", 3, "aws_api_gateway_integration.out"),
        ("GET /pets request a/b", '{"a": "$input.body"}\n', 4, "module.m.aws_api_gateway_integration.i"),
        ("module.far request", '{"far": $input.body}', 10, "module.far"),
    ]


def test_modules_that_call_each_other_end(tmp_path: Path) -> None:
    call = 'module "x" {{\n  source = "{}"\n}}\n'
    result = loaded(tmp_path, {"main.tf": call.format("./b"), "b/main.tf": call.format("../")})
    assert any("calls itself" in item.message for item in result.diagnostics)
    missing = loaded(tmp_path / "c", {"main.tf": call.format("./none")})
    assert [(item.code, item.line) for item in missing.diagnostics] == [("load-missing-file", 2)]


def test_routed_apis(tmp_path: Path) -> None:
    text = (
        'resource "aws_apigatewayv2_api" "chat" {\n  name = "chat"\n  protocol_type = "WEBSOCKET"\n}\n'
        'resource "aws_apigatewayv2_integration" "i" {\n  api_id = aws_apigatewayv2_api.chat.id\n  integration_type = "AWS"\n'
        '  request_templates = { "$default" = "{\\"a\\": 1}" }\n}\n'
        'resource "aws_apigatewayv2_integration_response" "r" {\n  api_id = aws_apigatewayv2_api.chat.id\n'
        "  integration_id = aws_apigatewayv2_integration.i.id\n"
        '  integration_response_key = "/200/"\n  response_templates = { x = "y" }\n}\n'
        'resource "aws_apigatewayv2_route" "send" {\n  api_id = aws_apigatewayv2_api.chat.id\n  route_key = "send"\n'
        '  target = "integrations/${aws_apigatewayv2_integration.i.id}"\n}\n'
        'resource "aws_apigatewayv2_stage" "s" {\n  api_id = aws_apigatewayv2_api.chat.id\n  name = "live"\n'
        '  access_log_settings {\n    format = "$context.routeKey"\n  }\n}\n'
        'resource "aws_apigatewayv2_api" "h" {\n  name = "h"\n  protocol_type = "HTTP"\n'
        '  body = jsonencode({ openapi = "3.0.1", paths = { "/a" = { get = {} } } })\n}\n'
    )
    result = loaded(tmp_path, {"m.tf": text})
    chat, http = result.apis
    assert isinstance(chat, WebSocketApi)
    assert isinstance(http, HttpApi)
    assert ([route.route_key for route in chat.routes], chat.stages[0].name) == (["send"], "live")
    assert [route.route_key for route in http.routes] == ["GET /a"]
    assert [(item.name, item.kind) for item in result.templates] == [
        ("aws_apigatewayv2_stage.s access-log", "access-log"),
        ("send request $default", "mapping"),
        ("send response x", "mapping"),
    ]


def test_circles_of_locals_are_placeholders(tmp_path: Path) -> None:
    text = integration('{ "a/b" = "x ${local.a}" }') + 'locals {\n  a = "${local.b}"\n  b = local.a\n}\n'
    assert only(loaded(tmp_path, {"m.tf": text})).text.startswith("x local-")


def test_strings_that_double_without_end_are_cut(tmp_path: Path) -> None:
    lines = ['  a0 = "0123456789"'] + [f'  a{n} = "${{local.a{n - 1}}}${{local.a{n - 1}}}"' for n in range(1, 70)]
    text = integration('{ "a/b" = "x ${local.a69}" }') + "locals {\n" + "\n".join(lines) + "\n}\n"
    template = next(item for item in load(write(tmp_path, {"m.tf": text})).templates if item.content_type == "a/b")
    assert len(template.text) < 3_000_000


BROKEN = (
    'resource "aws_api_gateway_integration" "x" {\n  request_templates = {\n'
    '    "application/json" = <<EOF\n{"a": "$input.body", "v": "${var.v}"}\nEOF\n  }\n  oops oops\n}\n'
)


def test_a_file_that_cannot_be_parsed_still_yields_its_heredocs(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"m.tf": BROKEN, "n.tf": integration('{ "a/b" = "x" }')})
    assert [(item.code, item.severity.value, item.line) for item in result.diagnostics] == [("load-hcl", "warning", 8)]
    assert [(str(item.text), item.content_type, item.direction) for item in result.templates] == [
        ("x", "a/b", "request"),
        ('{"a": "$input.body", "v": "var-v"}\n', "application/json", "request"),
    ]
    assert (result.templates[1].line, result.templates[1].column) == (4, 1)


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    text = "\ufeff" + integration('{ "a/b" = <<-EOF\n    x\n      y\n    EOF\n}').replace("\n", "\r\n")
    template = only(loaded(tmp_path, {"m.tf": text}))
    assert (template.text, template.line, template.column) == ("x\r\n  y\r\n", 4, 5)


def test_no_terraform_file_is_read_twice_as_a_module_and_by_itself(tmp_path: Path) -> None:
    files = {"modules/m/main.tf": integration('{ "a/b" = "x" }'), "z/main.tf": 'module "m" {\n  source = "../modules/m"\n}\n'}
    assert only(loaded(tmp_path, files)).site.address == "module.m.aws_api_gateway_integration.x"
    assert only(load(tmp_path / "modules/m/main.tf")).site.address == "aws_api_gateway_integration.x"


def _integration(name: str, template: str) -> str:
    return f"""\
resource "aws_api_gateway_integration" "{name}" {{
  type              = "MOCK"
  http_method       = "GET"
  request_templates = {{ "application/json" = {template} }}
}}
"""


def test_a_file_is_read_with_its_directory_and_answers_for_itself(tmp_path: Path):
    (tmp_path / "a.tf").write_text(_integration("a", "local.body") + 'module "m" {\n  source = "./m"\n  text = "of a"\n}\n')
    (tmp_path / "b.tf").write_text(_integration("b", '"of b"') + 'module "n" {\n  source = "./m"\n  text = "n of b"\n}\n')
    (tmp_path / "locals.tf").write_text('locals {\n  body = "shared"\n}\n')
    (tmp_path / "m").mkdir()
    (tmp_path / "m/main.tf").write_text('variable "text" {}\n' + _integration("m", "var.text") + _integration("k", '"own"'))
    assert sorted(template.text for template in load(tmp_path / "a.tf").templates) == ["of a", "own", "shared"]
    assert sorted(template.text for template in load(tmp_path / "b.tf").templates) == ["n of b", "of b", "own"]
    assert [template.text for template in load(tmp_path / "locals.tf").templates] == ["shared"]
    assert len(load(tmp_path).templates) == 6


def test_what_two_files_declare_counts_as_the_named_file_has_it(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.tf").write_text(_integration("same", "local.x") + f'locals {{\n  x = "of {name}"\n}}\n')
    assert [template.text for template in load(tmp_path / "a.tf").templates] == ["of a"]
    assert [template.text for template in load(tmp_path / "b.tf").templates] == ["of b"]


def test_siblings_with_errors_are_told_of_with_the_directory_only(tmp_path: Path):
    (tmp_path / "a.tf").write_text(_integration("a", '"of a"'))
    (tmp_path / "b.tf").write_text("resource {{{")
    assert load(tmp_path / "a.tf").diagnostics == []
    assert [each.file for each in load(tmp_path).diagnostics] == [str(tmp_path / "b.tf")]
