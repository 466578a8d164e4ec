"""What is worth a parser, and what a document is."""

from __future__ import annotations

import pytest

from tests.unit.loaders.places import host
from vtl.loaders.detect import format_of, may_hold_api, may_hold_templates
from vtl.loaders.yaml_documents import read_yaml


@pytest.mark.parametrize(
    "data",
    [
        b"requestTemplates:",
        b"ResponseTemplates",
        b"request_templates = {",
        b"x-amazon-apigateway-integration",
        b"Type: AWS::ApiGateway::Method",
        b"aws_apigatewayv2_api",
        b"apiGatewayServiceProxies",
        b"          template: |",
        b"request_template = <<EOF",
        b'format = "$context.requestId"',
        b"$util.escapeJavaScript($input.body)",
        b"BodyS3Location: a",
        b"DefinitionUri: a.yaml",
        b"Name: AWS::Include",
        b"Type: AWS::CloudFormation::Stack",
        "swagger: $input".encode("utf-16"),
    ],
)
def test_files_that_may_hold_templates(data: bytes) -> None:
    assert may_hold_templates(data)


@pytest.mark.parametrize(
    "data",
    [
        b"apiVersion: v1\nkind: Deployment\nspec:\n  replicas: 2\n  image: template\n",
        b'{"name": "x", "scripts": {"build": "tsc"}}',
        b"on: push\njobs:\n  a:\n    steps:\n      - run: echo $CONTEXT ${{ inputs.x }}\n",
        b"AWSTemplateFormatVersion: '2010-09-09'\nResources: {B: {Type: AWS::S3::Bucket}}\n",
        b'resource "aws_s3_bucket" "b" {}\n',
    ],
)
def test_files_that_hold_none(data: bytes) -> None:
    assert not may_hold_templates(data)
    assert not may_hold_api(data)


@pytest.mark.parametrize(
    "data",
    [
        b"openapi: 3.0.1",
        b'"swagger" : "2.0"',
        b"Type: AWS::Serverless::Function",
        b"  - http: GET a",
        b'"resourceMethods": {}',
        b'"artifacts": {}',
        b"aws:asset:path",
    ],
)
def test_apis_without_templates(data: bytes) -> None:
    assert may_hold_api(data)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("openapi: 3.0.1", "openapi"),
        ("paths: {}\nx-amazon-apigateway-cors: {}", "openapi"),
        ("Resources: {A: {Type: AWS::S3::Bucket}}", "cloudformation"),
        ("AWSTemplateFormatVersion: x", "cloudformation"),
        ("service: s\nprovider: {name: aws}", "serverless"),
        ("version: '1'\nartifacts: {}", "cdk-manifest"),
        ("version: tree-0.1\ntree: {}", "cdk-tree"),
        ("items: []", "dump"),
        ("terraform_version: x\nplanned_values: {}", "terraform-plan"),
        ("terraform_version: x\nvalues: {}", "terraform-plan"),
        ("terraform_version: x\nresources: []", "terraform-state"),
        ("a: 1", "other"),
        ("[1]", "other"),
    ],
)
def test_the_format_of_a_document(text: str, form: str) -> None:
    assert format_of(read_yaml(host(text))[0]) == form
