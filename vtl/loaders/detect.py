"""Which files are worth a parser, and what a document is, told by its content."""

from __future__ import annotations

import re

from vtl.loaders.nodes import Node

_TEMPLATES = re.compile(
    rb"(?i:request_?templates?|response_?templates?)|\$\{?!?(?:input|context|util|stageVariables)\b|x-amazon-apigateway-"
    rb"|AWS::ApiGateway|aws_api_?gateway|apiGatewayServiceProxies|^[ \t]*\"?template\"?[ \t]*:|AWS::Include"
    rb"|DefinitionUri|BodyS3Location|AWS::CloudFormation::Stack|_templates?\b[\s\"]*=",
    re.MULTILINE,
)
_APIS = re.compile(
    rb"AWS::Serverless::|[\"']?\b(?:swagger|openapi)[\"']?[ \t]*:|resourceMethods"
    rb"|^[ \t]*-?[ \t]*\"?http(?:Api)?\"?[ \t]*:|aws:asset|artifacts",
    re.MULTILINE,
)

# What the patterns look for has one of these words in it, in lower case; looking for words is many times as fast as a pattern.
_TEMPLATE_WORDS = (b"template", b"$", b"apigateway", b"aws_api", b"aws::", b"definitionuri", b"bodys3location")
_API_WORDS = (b"swagger", b"openapi", b"resourcemethods", b"http", b"asset", b"artifacts")


def may_hold_templates(data: bytes) -> bool:
    """Whether a file's bytes name anything that holds a template; False is certain, True is not."""
    narrow = _narrow(data)
    return _has_word(narrow, _TEMPLATE_WORDS) and _TEMPLATES.search(narrow) is not None


def may_hold_api(data: bytes) -> bool:
    """Whether a file's bytes look like a part of an API at all, with or without templates; False is certain."""
    if may_hold_templates(data):
        return True
    narrow = _narrow(data)
    return _has_word(narrow, (*_API_WORDS, b"aws::")) and _APIS.search(narrow) is not None


def _has_word(data: bytes, words: tuple[bytes, ...]) -> bool:
    lower = data.lower()
    return any(word in lower for word in words)


def _narrow(data: bytes) -> bytes:
    """The bytes of a file in UTF-16 without every other one."""
    return data.replace(b"\0", b"") if data.startswith((b"\xff\xfe", b"\xfe\xff")) else data


OPENAPI, CLOUDFORMATION, SERVERLESS, CDK_MANIFEST, CDK_TREE, DUMP, PLAN, STATE, OTHER = (
    "openapi",
    "cloudformation",
    "serverless",
    "cdk-manifest",
    "cdk-tree",
    "dump",
    "terraform-plan",
    "terraform-state",
    "other",
)


def format_of(root: Node) -> str:
    """The format of a document tree."""
    if not root.is_map:
        return OTHER
    keys = root.value
    if "swagger" in keys or "openapi" in keys or ("paths" in keys and any(key.startswith("x-amazon-apigateway") for key in keys)):
        return OPENAPI
    resources = keys.get("Resources")
    if "AWSTemplateFormatVersion" in keys or (resources is not None and _has_types(resources)):
        return CLOUDFORMATION
    if ("planned_values" in keys or "resource_changes" in keys) and "terraform_version" in keys:
        return PLAN
    if "terraform_version" in keys and ("resources" in keys or "values" in keys or "modules" in keys):
        return STATE if "values" not in keys else PLAN
    if "provider" in keys and ("functions" in keys or "service" in keys or "resources" in keys):
        return SERVERLESS
    if "artifacts" in keys and "version" in keys:
        return CDK_MANIFEST
    if "tree" in keys and str(getattr(keys.get("version"), "value", "")).startswith("tree-"):
        return CDK_TREE
    return DUMP if "items" in keys or "resourceMethods" in keys or "methodIntegration" in keys else OTHER


def _has_types(resources: Node) -> bool:
    return any(child.get("Type") is not None for child in resources.children()) or "Fn::Transform" in (resources.value or {})
