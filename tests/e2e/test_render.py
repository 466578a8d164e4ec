"""`vtl render` by its options: what goes in, what comes out, on which stream and with which exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vtl.cli import main

ALL = "$input.body|$input.params('a')|$stageVariables.t|$context.authorizer.principalId|$context.authorizer.claims['custom:x']|$v"


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test runs in a folder of its own, without colours."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return tmp_path


def write(text: str, name: str = "t.vtl") -> str:
    Path(name).write_bytes(text.encode("utf-8", "surrogatepass"))
    return name


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["render", *arguments], input=stdin, prog_name="vtl")


def output(*arguments: str, stdin: str | bytes = "") -> str:
    """The output of a run in which nothing is wrong and nothing is said."""
    done = run(*arguments, stdin=stdin)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def test_template_and_body_from_everywhere() -> None:
    write("<$input.body>")
    Path("b.txt").write_bytes(b"\xef\xbb\xbffile")
    assert output("t.vtl") == "<{}>"
    assert output("t.vtl", "--body", "text") == "<text>"
    assert output("t.vtl", "--body", "@b.txt") == "<file>"
    assert output("t.vtl", "--body", "-", stdin="in") == "<in>"
    assert output("t.vtl", "--body", "@-", stdin="in") == "<in>"
    assert output("-", "--body", "x", stdin="<$input.body>") == "<x>"
    assert output("t.vtl", "--request", "-", stdin='{"body": "r"}') == "<r>"


def test_nothing_is_added_to_the_output_and_no_line_end_is_changed() -> None:
    Path("t.vtl").write_bytes(b"\xef\xbb\xbfa\r\n\xc3\xa9\n\n")
    assert run("t.vtl").stdout_bytes == b"a\r\n\xc3\xa9\n\n"
    write("$input.path('$')")
    assert run("t.vtl", "--body", '"\\ud83d\\ude00|\\ud800"').stdout_bytes == "😀|?".encode()


def test_all_parts_of_a_request_and_options_over_a_file() -> None:
    write(ALL)
    arguments = [
        "-q",
        "a=1",
        "-s",
        "t=T",
        "-c",
        "authorizer.principalId=P",
        "-c",
        "authorizer.claims['custom:x']=C",
        "--var",
        "v=[1]",
    ]
    assert output("t.vtl", "--body", "B", *arguments) == "B|1|T|P|C|[1]"
    request = {
        "body": "b",
        "path": {"a": "2"},
        "stageVariables": {"t": "u"},
        "context": {"authorizer": {"principalId": "p", "claims": {"custom:x": "c"}}},
        "variables": {"v": 7},
    }
    write(json.dumps(request), "r.json")
    assert output("t.vtl", "--request", "r.json") == "b|2|u|p|c|7"
    assert output("t.vtl", "--request", "r.json", "-p", "a=3", "--body", "B", *arguments) == "B|3|T|P|C|[1]"


def test_headers_ignore_case_when_one_replaces_another() -> None:
    write("$input.params().header")
    write('{"headers": {"X-A": "1", "B": "2"}}', "r.json")
    assert output("t.vtl", "--request", "r.json", "-H", "x-a: 3", "-H", "c=4", "--check", "none") == "{B=2, c=4, x-a=3}"


def test_json_values_for_context_and_variables() -> None:
    write("#foreach($i in $context.authorizer.list)$i;#end$n.a")
    assert output("t.vtl", "-c", "authorizer.list:=[1,2]", "--var", 'n={"a": 1.0}') == "1;2;1.0"


def test_a_response_template_sees_the_answer_of_the_backend() -> None:
    write("$input.body")
    write('{"body": "sent", "response": {"body": {"a": 1}}}', "r.json")
    assert output("t.vtl", "--request", "r.json") == "sent"
    assert output("t.vtl", "--request", "r.json", "--response") == '{"a":1}'
    assert output("t.vtl", "--request", "r.json", "--response", "--body", "x") == "x"
    write('{"body": "answer"}', "r.json")
    assert output("t.vtl", "--request", "r.json", "--response") == "answer"
    write("curl http://h -d sent", "r.curl")
    done = run("t.vtl", "--request", "r.curl", "--response")
    assert (done.exit_code, done.stdout) == (0, "{}")
    assert done.stderr == "warning: the request has no answer of the backend, so the body is empty; give it with --body\n"


def test_the_default_context_is_complete_and_fixed_by_the_seed() -> None:
    write("#foreach($k in ['accountId','apiId','requestId','requestTime','stage','path','httpMethod'])$context.get($k) #end")
    first = output("t.vtl")
    assert len(first.split()) == 8
    assert output("t.vtl", "--seed", "0") == first
    assert output("t.vtl", "--seed", "1") != first
    write("$context.httpMethod $context.path $context.resourcePath $context.stage $context.identity.userAgent")
    write("curl https://abc.execute-api.us-east-1.amazonaws.com/prod/pets/1 -A me", "r.curl")
    assert output("t.vtl", "--request", "r.curl") == "GET /prod/pets/1 /pets/1 prod me"
    write('{"method": "PUT", "resource": "/pets/{id}", "context": {"stage": "dev"}}', "r.json")
    assert output("t.vtl", "--request", "r.json", "-H", "User-Agent: you") == "PUT /dev/pets/{id} /pets/{id} dev you"
    assert output("t.vtl", "--request", "r.json", "-H", "User-Agent: you", "-p", "id=7") == "PUT /dev/pets/7 /pets/{id} dev you"


def test_show_overrides() -> None:
    write(
        '#set($context.requestOverride.header.X-A = "1")#set($context.requestOverride.querystring["a.b"] = "é")'
        "#set($context.responseOverride.status = 404)x"
    )
    done = run("t.vtl", "--show", "overrides")
    assert (done.exit_code, done.stdout) == (0, "x")
    assert sorted(done.stderr.splitlines()) == [
        'requestOverride.header.X-A = "1"',
        "requestOverride.querystring['a.b'] = \"é\"",
        "responseOverride.status = 404",
    ]


def test_show_missing() -> None:
    write("$input.path('$.a')\n#foreach($i in [1..3])$i.x$!y#end\n$input.path('$.b')")
    done = run("t.vtl", "--show", "missing", "--body", '{"b": 1}')
    assert (done.exit_code, done.stdout) == (0, "\n1")
    assert done.stderr == (
        "t.vtl:1:1: info[missing]: $input.path('$.a') has no value: the body has nothing there\n"
        "t.vtl:2:23: info[missing]: $i.x has no value (3 times): Integer has no property 'x'\n"
        "t.vtl:2:27: info[missing]: $!y has no value (3 times): $y is not set\n"
    )
    assert run("t.vtl", "--show", "overrides,missing").stderr == run("t.vtl", "--show", "overrides", "--show", "missing").stderr


def test_an_empty_text_counts_as_missing_where_the_output_goes_straight_out() -> None:
    write("$input.params('x')#set($e = '')$e\n$util.escapeJavaScript($e)#define($b)$input.body#end$b")
    done = run("t.vtl", "--show", "missing")
    assert done.stdout == "\n{}"
    assert done.stderr == (
        "t.vtl:1:1: info[missing]: $input.params('x') has no value: there is no such parameter, or it is empty\n"
        "t.vtl:1:32: info[missing]: $e has no value: it is an empty text\n"
        "t.vtl:2:1: info[missing]: $util.escapeJavaScript($e) has no value: it is an empty text\n"
    )
    write("$input.lenght() $input.body.substring('a') $input.body.pth")
    assert run("t.vtl", "--show", "missing").stderr == (
        "t.vtl:1:1: info[missing]: $input.lenght() has no value: Input has no method lenght()\n"
        "t.vtl:1:17: info[missing]: $input.body.substring('a') has no value: "
        "substring() of String gave null, or takes other arguments\n"
        "t.vtl:1:44: info[missing]: $input.body.pth has no value: String has no property 'pth'\n"
    )


def test_strict_fails_for_missing_references_but_not_for_quiet_ones() -> None:
    write("$a $!b")
    done = run("t.vtl", "--strict")
    assert (done.exit_code, done.stdout, done.stderr) == (1, " ", "t.vtl:1:1: error[missing]: $a has no value: $a is not set\n")
    write("$!b")
    assert output("t.vtl", "--strict") == ""


def test_a_json_output_that_does_not_parse() -> None:
    write('{\n  "a": "$input.path(\'$.a\')",\n  "b": $input.path(\'$.b\'),\n  "c": 1\n}')
    done = run("t.vtl", "--body", '{"a": "x"}')
    assert (done.exit_code, done.stdout) == (0, '{\n  "a": "x",\n  "b": ,\n  "c": 1\n}')
    assert done.stderr == (
        "t.vtl:3:8: warning[not-json]: the output is not JSON: a value is missing, at line 3, column 8 of the output\n"
        "   |\n"
        " 3 |   \"b\": $input.path('$.b'),\n"
        "   |        ^^^^^^^^^^^^^^^^^^\n"
        '  hint: line 3 of the output is: "b": ,\n'
    )
    strict = run("t.vtl", "--body", '{"a": "x", "b": "y"}', "--strict")
    assert strict.exit_code == 1
    assert strict.stderr.startswith("t.vtl:3:8: error[not-json]: the output is not JSON: this is no JSON value")


def test_a_check_points_at_the_character_of_the_template() -> None:
    write('#set($x = 5)\n{"a": $x,\n "b": [1, 2,]}')
    assert run("t.vtl").stderr.startswith("t.vtl:3:12: warning[not-json]: the output is not JSON: a comma before `]`, at line 2,")


@pytest.mark.parametrize(
    ("template", "name", "arguments", "code"),
    [
        ("plain text", "t.vtl", [], ""),
        ("a=1&b=2", "t.vtl", [], ""),
        ("<p>not closed", "t.vtl", [], ""),
        ("{broken", "t.vtl", [], "not-json"),
        ("[broken", "t.vtl", ["-H", "Content-Type: text/plain"], "not-json"),
        ("{broken", "t.vtl", ["--check", "none"], ""),
        ("plain", "t.vtl", ["--check", "json"], "not-json"),
        ("plain", "order.json.vtl", [], "not-json"),
        ("plain", "order.txt.vtl", [], ""),
        ("{broken", "order.txt.vtl", [], ""),
        ("<a>", "order.xml.vtl", [], "not-xml"),
        ("<a>", "t.vtl", ["-H", "content-type: application/xml; charset=utf-8"], "not-xml"),
        ("<a>", "t.vtl", ["-H", "Content-Type: application/json"], ""),
        ("<?xml version='1.0'?><a>", "t.vtl", [], "not-xml"),
        ("<a>", "t.vtl", ["--check", "xml"], "not-xml"),
        ("<a>", "t.vtl", ["--response", "-H", "Accept: text/xml, */*"], "not-xml"),
        ("<a>", "t.vtl", ["--response", "-H", "Content-Type: text/xml"], ""),
        ('#set($context.requestOverride.header.Content-Type = "application/json")plain', "t.vtl", [], "not-json"),
        ('#set($context.requestOverride.header.content-type = "text/plain"){', "t.vtl", [], ""),
        (
            '#set($context.responseOverride.header.Content-Type = "application/problem+json")x',
            "t.vtl",
            ["--response"],
            "not-json",
        ),
        ("{broken", "t.vtl", ["--dialect", "velocity"], ""),
        ("{broken", "t.json.vtl", ["--dialect", "velocity"], "not-json"),
    ],
)
def test_what_is_checked(template: str, name: str, arguments: list[str], code: str) -> None:
    done = run(write(template, name), *arguments)
    assert done.exit_code == 0
    assert (f"warning[{code}]" in done.stderr) if code else done.stderr == ""


def test_xml_is_checked_without_entities_or_network() -> None:
    write("<a>\n <b>$input.body</c>\n</a>", "t.xml.vtl")
    assert run("t.xml.vtl", "--body", "x").stderr.startswith(
        "t.xml.vtl:2:19: warning[not-xml]: the output is not XML: Opening and ending tag mismatch: b line 2 and c, at line 2,"
    )
    write('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "t.xml.vtl")
    assert "a document type declaration (<!DOCTYPE ...>) is not taken" in run("t.xml.vtl").stderr


def test_a_loop_that_is_cut_is_told() -> None:
    write("#foreach($i in [1..1001])$i #end")
    done = run("t.vtl")
    assert (done.exit_code, done.stdout.split()[-1]) == (0, "1000")
    assert done.stderr.splitlines()[0] == "t.vtl:1:1: warning[loop-cut]: this loop was cut at 1,000 rounds, as API Gateway does"
    write("#foreach($i in [1..1000])$i #end")
    assert output("t.vtl").split()[-1] == "1000"
    write("#foreach($i in [1..1001])$i #end")
    assert output("t.vtl", "--dialect", "velocity").split()[-1] == "1001"


def test_everything_as_one_json_object() -> None:
    write('#set($context.responseOverride.status = 201){"é": $a,}')
    done = run("t.vtl", "--format", "json")
    found = json.loads(done.stdout)
    timing = found.pop("timing")
    assert set(timing) == {"compile_ms", "render_ms"}
    assert all(isinstance(value, float) and value >= 0 for value in timing.values())
    assert found == {
        "result": '{"é": ,}',
        "overrides": {
            "requestOverride": {"path": {}, "header": {}, "querystring": {}},
            "responseOverride": {"header": {}, "status": 201},
        },
        "missing": [
            {"reference": "$a", "reason": "$a is not set", "quiet": False, "times": 1, "file": "t.vtl", "line": 1, "column": 51}
        ],
        "warnings": [
            {
                "code": "not-json",
                "message": "the output is not JSON: a value is missing, at line 1, column 7 of the output",
                "file": "t.vtl",
                "line": 1,
                "column": 51,
            }
        ],
    }
    assert done.stdout.count("\n") == 1
    assert run("t.vtl", "--format", "json", "--pretty").stdout.startswith('{\n  "result": ')
    write("$input.path('$')")
    assert json.loads(run("t.vtl", "--format", "json", "--body", '"\\ud800"').stdout)["result"] == "\ud800"


def test_pretty() -> None:
    write('{"a":1.50,"b":[]}')
    assert output("t.vtl", "--pretty") == '{\n  "a": 1.50,\n  "b": []\n}\n'
    write("<a><b>x</b></a>")
    assert output("t.vtl", "--pretty") == "<a>\n  <b>x</b>\n</a>\n"
    write("plain")
    assert output("t.vtl", "--pretty") == "plain"


def test_plain_velocity() -> None:
    write("#macro(hi $n)Hi $n#end#hi($name) $missing $!missing")
    assert output("t.vtl", "--dialect", "velocity", "--var", 'name="Ada"') == "Hi Ada $missing "


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Error: Missing argument 'TEMPLATE'."),
        (["-", "--body", "-"], "Error: standard input can be read once only, but TEMPLATE and --body are all '-'."),
        (["-", "--body", "@-"], "Error: standard input can be read once only, but TEMPLATE and --body are all '-'."),
        (["-", "--request", "-"], "Error: standard input can be read once only, but TEMPLATE and --request are all '-'."),
        (["t.vtl", "--dialect", "xslt"], "Error: Invalid value for '--dialect': 'xslt' is not one of 'apigateway', 'velocity'."),
        (["t.vtl", "--show", "all"], "Error: Invalid value for '--show': 'all' is not one of 'overrides', 'missing'."),
        (["t.vtl", "--check", "yaml"], "Error: Invalid value for '--check': 'yaml' is not one of 'auto', 'json', 'xml', 'none'."),
        (["t.vtl", "--seed", "x"], "Error: Invalid value for '--seed': 'x' is not a valid integer range."),
        (["t.vtl", "--wrong"], "Error: No such option"),
        (
            ["t.vtl", "--dialect", "velocity", "--body", "x", "-H", "a=b"],
            "Error: --body, --header: only for --dialect apigateway; plain Velocity has --var.",
        ),
    ],
)
def test_wrong_usage(arguments: list[str], message: str) -> None:
    write("x")
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.vtl"], "error: cannot read the template 'gone.vtl': No such file or directory\n"),
        (["."], "error: cannot read the template '.': Is a directory\n"),
        (["a\0b"], "error: cannot read the template 'a\\x00b': embedded null byte\n"),
        (["t.vtl", "--body", "@gone"], "error: cannot read the body 'gone': No such file or directory\n"),
        (["t.vtl", "--request", "gone"], "error: cannot read the request 'gone': No such file or directory\n"),
        (["t.vtl", "-H", "x"], "error: -H 'x' is no header\n  hint: write 'Name: value' or Name=value\n"),
        (["t.vtl", "-q", "x"], "error: -q 'x' has no name and value\n  hint: write name=value\n"),
        (
            ["latin.vtl"],
            "error: the template 'latin.vtl' is not UTF-8: byte 0xe9 at offset 5 (line 2)\n  hint: save it as UTF-8\n",
        ),
        (["wide.vtl"], "error: the template 'wide.vtl' is UTF-16\n  hint: save it as UTF-8\n"),
        (
            ["t.vtl", "--var", "n=Ada"],
            'error: --var n=Ada: the value is not JSON (expecting value)\n  hint: a text needs quotes: "Ada"\n',
        ),
        (
            ["t.vtl", "--request", "bad.json"],
            'bad.json:1:11: error: the request: it is not JSON: a comma before `}`\n   |\n 1 | {"body": 1, }\n   |           ^\n',
        ),
    ],
)
def test_inputs_that_cannot_be_used(arguments: list[str], message: str) -> None:
    write("x")
    write('{"body": 1, }', "bad.json")
    Path("latin.vtl").write_bytes(b"a\nbcd\xe9")
    Path("wide.vtl").write_bytes("x".encode("utf-16"))
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == message


def test_a_body_that_is_no_utf_8_is_read_as_the_gateway_does() -> None:
    write("$input.body")
    Path("b.bin").write_bytes(b"a\xffb")
    assert output("t.vtl", "--body", "@b.bin") == "a\ufffdb"


def test_syntax_and_runtime_errors_have_a_place_and_no_traceback() -> None:
    write("Hello\n#if($a)\nworld")
    done = run("t.vtl")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "t.vtl:" in done.stderr and "error: " in done.stderr and "^" in done.stderr
    assert "Traceback" not in done.stderr
    write("one\n$input.body.substring(99)")
    done = run("t.vtl")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("t.vtl:2:12: error: ")
    assert "java.lang.StringIndexOutOfBoundsException" in done.stderr


def test_a_template_over_a_limit() -> None:
    write("x" * (300 * 1024 + 1))
    done = run("t.vtl")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert output("t.vtl", "--dialect", "velocity") == "x" * (300 * 1024 + 1)


def test_help_and_version() -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["--version"], prog_name="vtl").stdout.startswith("vtl ")
    for arguments in (["--help"], ["-h"], ["render", "--help"], ["render", "-h"]):
        done = runner.invoke(main, arguments, prog_name="vtl")
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.startswith("Usage: vtl")
    unknown = runner.invoke(main, ["rendre"], prog_name="vtl")
    assert (unknown.exit_code, unknown.stdout) == (2, "")


def test_an_error_inside_the_program_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("vtl.cli.render.render_mapping", fail)
    monkeypatch.delenv("VTL_DEBUG", raising=False)
    write("x")
    done = run("t.vtl")
    assert done.exit_code == 1
    assert done.stderr == "error: an internal error in vtl (ZeroDivisionError: boom); VTL_DEBUG=1 shows where\n"


@pytest.mark.parametrize("template", ["", "#set($a = 1)", "## nothing", "#if(false)x#end"])
@pytest.mark.parametrize("options", [(), ("--show", "missing"), ("--strict",), ("--dialect", "velocity")])
def test_a_template_that_prints_nothing(template: str, options: tuple[str, ...]) -> None:
    write(template)
    done = run("t.vtl", *options)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "error" not in done.stderr


@pytest.mark.parametrize(
    "request_text",
    [
        '{"log": 1, "request": {"url": null}}',
        '{"log": {}, "url": [], "method": "GET", "headers": []}',
        "a: !!int foo",
        "a: !!timestamp foo",
    ],
)
def test_a_request_of_the_wrong_shape_is_a_mistake_of_the_input(request_text: str) -> None:
    write("x")
    write(request_text, "r.json" if request_text.startswith("{") else "r.yaml")
    done = run("t.vtl", "--request", "r.json" if request_text.startswith("{") else "r.yaml")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")


def test_a_name_that_no_file_can_have() -> None:
    write("x")
    done = run("t.vtl", "--request", "r" * 5_000 + "#2")
    assert done.exit_code == 2
    assert "internal" not in done.stderr
