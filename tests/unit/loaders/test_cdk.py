"""cdk.out: the manifest leads to stacks and assets; `tree.json` is not read."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.loaders.places import loaded, only
from vtl.loaders import load

METHOD = {
    "Type": "AWS::ApiGateway::Method",
    "Properties": {"HttpMethod": "GET", "Integration": {"Type": "AWS", "RequestTemplates": {"a/b": "one"}}},
    "Metadata": {"aws:cdk:path": "Main/Api/GET/Resource"},
}
FILES = {
    "manifest.json": json.dumps(
        {
            "version": "36.0.0",
            "artifacts": {
                "Main": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Main.template.json"}},
                "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
                "assembly-Stage": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Stage"}},
            },
        }
    ),
    "Main.template.json": json.dumps(
        {
            "Resources": {
                "M": METHOD,
                "N": {
                    "Type": "AWS::CloudFormation::Stack",
                    "Properties": {"TemplateURL": {"Fn::Join": ["", ["https://s3.", {"Ref": "AWS::URLSuffix"}, "/x"]]}},
                    "Metadata": {"aws:asset:path": "Nested.nested.template.json"},
                },
                "A": {
                    "Type": "AWS::ApiGateway::RestApi",
                    "Properties": {
                        "Name": "n",
                        "BodyS3Location": {"Bucket": {"Fn::Sub": "cdk-${AWS::Region}"}, "Key": "abc.json"},
                    },
                },
            }
        }
    ),
    "Nested.nested.template.json": json.dumps(
        {"Resources": {"M": {**METHOD, "Metadata": {"aws:cdk:path": "Main/N/GET"}}}}
    ).replace("one", "two"),
    "asset.abc.json": json.dumps(
        {"swagger": "2.0", "paths": {"/a": {"get": {"x-amazon-apigateway-integration": {"requestTemplates": {"a/b": "three"}}}}}}
    ),
    "assembly-Stage/manifest.json": json.dumps(
        {
            "version": "36.0.0",
            "artifacts": {"S": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "S.template.json"}}},
        }
    ),
    "assembly-Stage/S.template.json": json.dumps({"Resources": {"M": METHOD}}).replace("one", "four"),
    "tree.json": json.dumps({"version": "tree-0.1", "tree": {"x": {"requestTemplates": {"a/b": "five"}}}}),
}


def test_the_manifest_leads_to_every_stack_and_asset(tmp_path: Path) -> None:
    result = loaded(tmp_path, FILES)
    assert sorted((str(item.text), item.site.address) for item in result.templates) == [
        ("four", "Main/Api/GET/Resource"),
        ("one", "Main/Api/GET/Resource"),
        ("three", "A"),
        ("two", "Main/N/GET"),
    ]
    assert not result.diagnostics


def test_the_manifest_and_a_single_stack_can_be_given(tmp_path: Path) -> None:
    loaded(tmp_path, FILES)
    assert len(load(tmp_path / "manifest.json").templates) == 4
    assert only(load(tmp_path / "assembly-Stage" / "S.template.json")).text == "four"
    assert not load(tmp_path / "tree.json").templates


def test_a_folder_above_finds_the_assembly(tmp_path: Path) -> None:
    loaded(tmp_path, {f"cdk.out/{name}": text for name, text in FILES.items()})
    assert sorted(str(item.text) for item in load(tmp_path).templates) == ["four", "one", "three", "two"]


def test_another_manifest_is_none_of_cdks(tmp_path: Path) -> None:
    files = {"manifest.json": '{"name": "web app"}', "t.vtl": "hi"}
    assert only(loaded(tmp_path, files)).text == "hi"
