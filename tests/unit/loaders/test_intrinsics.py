"""CloudFormation's functions as far as they can be computed offline."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.loaders.places import host, write
from vtl.loaders.files import Files
from vtl.loaders.intrinsics import Scope
from vtl.loaders.nodes import Node
from vtl.loaders.templates import Harvest
from vtl.loaders.yaml_documents import read_yaml
from vtl.source import Source

HEAD = """\
Parameters:
  Stage: {Type: String, Default: dev}
  Bare: {Type: String}
Mappings:
  M: {dev: {name: one}}
value: """


def scope_of(value: str) -> tuple[Scope, Node]:
    root = read_yaml(host(HEAD + value))[0]
    node = root.get("value")
    assert node is not None
    return Scope(root, Files(Harvest())), node


@pytest.mark.parametrize(
    ("value", "text", "unknown"),
    [
        ("plain", "plain", []),
        ("!Ref Stage", "dev", []),
        ("{Ref: Bare}", "Bare", ["Bare"]),
        ("!Ref AWS::Region", "us-east-1", ["AWS::Region"]),
        ("!GetAtt Table.Arn", "Table-Arn", ["Table.Arn"]),
        ("{Fn::GetAtt: [Table, Arn]}", "Table-Arn", ["Table.Arn"]),
        ("!Sub 'a ${Stage} ${!x} ${Bare} ${T.Arn}'", "a dev ${x} Bare T-Arn", ["Stage", "Bare", "T.Arn"]),
        ("!Sub ['${A}-${Stage}', {A: !Ref Bare}]", "Bare-dev", ["A", "Stage"]),
        ("!Join [',', [a, !Ref Stage, !GetAtt B.C]]", "a,dev,B-C", ["Stage", "B.C"]),
        ("!Join ['', !Ref Bare]", "Join", ["Join"]),
        ("!If [c, a, b]", "a", []),
        ("!If [c, !Ref AWS::NoValue, b]", "b", []),
        ("!Select [1, [a, b]]", "b", []),
        ("!Select [0, !Split ['/', a/b]]", "a", []),
        ("!Select [5, [a]]", "Select", ["Select"]),
        ("!FindInMap [M, dev, name]", "one", []),
        ("!FindInMap [M, prod, name]", "M-prod-name", ["M.prod.name"]),
        ("!ImportValue x", "ImportValue", ["ImportValue"]),
        ("!Base64 x", "Base64", ["Base64"]),
        ("!Unheard {of: 1}", "Unheard", ["Unheard"]),
        ("{Fn::ToJsonString: {a: 1, b: !Ref Bare, c: [true, null]}}", '{"a":1,"b":"Bare","c":[true,null]}', ["Bare"]),
    ],
)
def test_what_a_function_gives(value: str, text: str, unknown: list[str]) -> None:
    scope, node = scope_of(value)
    found = scope.text(node)
    assert found == text
    assert [mark.expression for mark in found.placeholders] == unknown


def test_both_branches_are_alternatives_and_no_value_is_none() -> None:
    scope, node = scope_of("!If [c, a, !If [d, b, !Ref AWS::NoValue]]")
    assert [str(item.text) for item in scope.alternatives(node)] == ["a", "b"]


def test_arguments_win_over_defaults() -> None:
    root = read_yaml(host(HEAD + "!Ref Stage"))[0]
    given = read_yaml(host("prod"))[0]
    node = root.get("value")
    assert node is not None
    assert Scope(root, Files(Harvest()), {"Stage": given}).text(node) == "prod"


def test_functions_nested_without_end_are_placeholders() -> None:
    scope, node = scope_of("!Join ['', [" * 90 + "a" + "]]" * 90)
    assert scope.text(node).placeholders


def test_an_include_takes_the_place_of_its_function(tmp_path: Path) -> None:
    write(tmp_path, {"in.yaml": "a: 1\nb: 2\n", "sub/deep.yaml": "c: 3\n"})
    text = (
        "all: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: in.yaml}}}\n"
        "some: {b: 3, Fn::Transform: {Name: AWS::Include, Parameters: {Location: !Sub 's3://${B}/sub/deep.yaml'}}}\n"
        "none: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/no.yaml}}}\n"
        "other: {Fn::Transform: {Name: Mine}}\n"
    )
    source = Source(str(tmp_path / "t.yaml"), text)
    files = Files(Harvest())
    (root,) = files.documents(source)
    scope = Scope(root, files)
    assert {name: scope.resolve(child).data() for name, child in root.items()} == {
        "all": {"a": 1, "b": 2},
        "some": {"c": 3, "b": 3},
        "none": {},
        "other": "Transform",
    }
    assert [(item.code, item.line) for item in files.harvest.diagnostics] == [("load-missing-file", 3)]


def test_files_that_include_each_other_are_said(tmp_path: Path) -> None:
    include = "{{Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: {}}}}}}}\n"
    write(tmp_path, {"a.yaml": include.format("b.yaml"), "b.yaml": include.format("a.yaml")})
    files = Files(Harvest())
    root = files.document(tmp_path / "a.yaml")
    assert root is not None
    Scope(root, files).resolve(root)
    assert any("includes itself" in item.message for item in files.harvest.diagnostics)
