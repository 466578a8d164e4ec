"""What one deploys to put an operation of a WSDL behind API Gateway as JSON: templates, an OpenAPI document, a Lambda handler."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from os.path import commonpath
from string import Template
from typing import Literal

from vtl.errors import InputError
from vtl.transforms.operation_messages import request_message
from vtl.transforms.scaffold_request import request_template
from vtl.transforms.scaffold_response import NotFlat, answer_template, fault_template
from vtl.transforms.schema import HEADER_KEY
from vtl.transforms.schema_models import request_model
from vtl.transforms.schema_samples import sample
from vtl.transforms.soap import HttpMessage
from vtl.transforms.soap_faults import STATUSES
from vtl.transforms.wsdl import Operation, Wsdl
from vtl.values.json import to_json

Integration = Literal["auto", "http", "lambda"]
REQUEST, ANSWER, FAULT, HANDLER, OPENAPI, SAMPLE = (
    "request.vtl",
    "response.vtl",
    "fault.vtl",
    "handler.py",
    "openapi.json",
    "request.json",
)


@dataclass(frozen=True, slots=True)
class Scaffold:
    """Files by their names, and what is to be known about them. `request.json` is on one line."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...]
    integration: Literal["http", "lambda"]


def scaffold(
    wsdl: Wsdl,
    operation: Operation,
    *,
    integration: Integration = "auto",
    endpoint: str | None = None,
    statuses: Mapping[str, int] | None = None,
) -> Scaffold:
    """The files for one operation. `statuses` are those of faults, by code or by a fault's name, beside the usual ones.

    With `auto` the integration is HTTP with templates where templates can do it, and the Lambda handler where they cannot; both
    are written as far as they can be. InputError when `http` is asked for and no template can do it.
    """
    operation = replace(operation, address=endpoint or operation.address)
    files: dict[str, str] = {}
    notes: list[str] = []
    try:
        files[REQUEST] = request_template(operation)
        files[FAULT] = fault_template(operation, statuses)
        files[ANSWER] = answer_template(operation)
    except InputError as error:
        if integration == "http":
            raise
        what = "response" if isinstance(error, NotFlat) else "request"
        notes.append(f"no {what} template: {error.message}; the integration is the Lambda handler")
        chosen: Literal["http", "lambda"] = "lambda"
    else:
        chosen = "lambda" if integration == "lambda" else "http"
    if not operation.address:
        notes.append("the WSDL has no address for the port: give one with --endpoint")
    files[SAMPLE] = to_json(sample_request(operation)) + "\n"
    start = commonpath([file.path.parent for file in wsdl.files.by_path.values()])
    copies = {f"wsdl/{file.path.relative_to(start).as_posix()}": file.path for file in wsdl.files.by_path.values()}
    files[HANDLER] = _handler(operation, next(iter(copies)), {**STATUSES, **(statuses or {})})
    message = request_message(operation, sample_request(operation))
    files[OPENAPI] = json.dumps(_openapi(operation, files, message, chosen), indent=2, ensure_ascii=False) + "\n"
    contents = {name: text.encode("utf-8") for name, text in files.items()}
    for name, path in copies.items():
        contents[name] = path.read_bytes()
    return Scaffold(contents, tuple(notes), chosen)


def sample_request(operation: Operation) -> object:
    """A JSON body for the operation that fits its schema, with its headers where it has some."""
    schema = operation.schema
    values = {element.key: sample(schema, element) for element in operation.input.body}
    value = next(iter(values.values())) if len(values) == 1 else values
    if operation.input.headers and isinstance(value, dict):
        value = {HEADER_KEY: {element.key: sample(schema, element) for element in operation.input.headers}, **value}
    return value


def _openapi(
    operation: Operation, files: Mapping[str, str], message: HttpMessage, integration: Literal["http", "lambda"]
) -> dict[str, object]:
    """OpenAPI 3.0 with the extensions of API Gateway; the body is validated before the integration is called."""
    name = re.sub("[^A-Za-z0-9]", "", operation.name) or "Operation"
    described = {"description": "The answer of the operation.", "content": {"application/json": {}}}
    failed = {"description": "A fault of the backend.", "content": {"application/json": {}}}
    method = {
        "operationId": name,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}Request"}}},
        },
        "responses": {"200": described, "400": failed, "502": failed},
        "x-amazon-apigateway-request-validator": "body",
        "x-amazon-apigateway-integration": _http(operation, files, message) if integration == "http" else _LAMBDA,
    }
    return {
        "openapi": "3.0.1",
        "info": {"title": operation.service or operation.name, "version": "1.0"},
        "paths": {f"/{name}": {"post": method}},
        "components": {"schemas": {f"{name}Request": request_model(operation)}},
        "x-amazon-apigateway-request-validators": {"body": {"validateRequestBody": True, "validateRequestParameters": False}},
    }


_LAMBDA = {
    "type": "aws_proxy",
    "httpMethod": "POST",
    "uri": "arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION_ARN/invocations",
    "passthroughBehavior": "never",
}


def _http(operation: Operation, files: Mapping[str, str], message: HttpMessage) -> dict[str, object]:
    """An HTTP integration: the request template with the headers of the version, and a response template for each outcome."""
    templates = {"200": files[ANSWER], "default": files[FAULT]}
    statuses = {"200": "200", "default": "502"}
    return {
        "type": "http",
        "httpMethod": "POST",
        "uri": operation.address,
        "passthroughBehavior": "never",
        "requestParameters": {f"integration.request.header.{key}": f"'{value}'" for key, value in message.headers.items()},
        "requestTemplates": {"application/json": files[REQUEST]},
        "responses": {
            key: {"statusCode": statuses[key], "responseTemplates": {"application/json": text}} for key, text in templates.items()
        },
    }


def _handler(operation: Operation, wsdl: str, statuses: Mapping[str, int]) -> str:
    return _HANDLER.substitute(
        name=operation.name,
        wsdl=repr(wsdl),
        operation=repr(operation.name),
        port=repr(operation.port),
        address=repr(operation.address),
        statuses=repr(statuses),
    )


_HANDLER = Template('''"""A Lambda handler for $name: JSON from API Gateway to SOAP and back.

Deploy it with the folder `wsdl` beside it and the package vtl-toolkit[soap]; SOAP_ENDPOINT says where the backend is.
"""

import base64
import http.client
import os
import urllib.error
import urllib.request
from pathlib import Path

from vtl.transforms.operation_messages import bridge
from vtl.transforms.soap import HttpMessage
from vtl.transforms.wsdl import read_wsdl
from vtl.values import to_json

OPERATION = read_wsdl(Path(__file__).parent / $wsdl).operation($operation, port=$port)
ENDPOINT = os.environ.get("SOAP_ENDPOINT", $address)
SECONDS = 28
STATUSES = $statuses


def send(message):
    """Bring a SOAP request to the backend; a fault is an answer, whatever its status."""
    if not ENDPOINT.startswith(("http://", "https://")):
        raise OSError("SOAP_ENDPOINT is no URL of HTTP")
    request = urllib.request.Request(ENDPOINT, data=message.body, headers=dict(message.headers), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return HttpMessage(answer.read(), dict(answer.headers))
    except urllib.error.HTTPError as error:
        return HttpMessage(error.read(), dict(error.headers))
    except http.client.HTTPException as error:
        raise OSError(f"no HTTP answer ({type(error).__name__})") from error
    except urllib.error.URLError as error:
        raise error.reason if isinstance(error.reason, OSError) else OSError(str(error.reason)) from error


def handler(event, context):
    """Lambda proxy integration: the body of the request is the JSON of the operation."""
    body = event.get("body") or ""
    text = base64.b64decode(body) if event.get("isBase64Encoded") else body
    answer = bridge(OPERATION, text, send, statuses=STATUSES)
    return {
        "statusCode": answer.status,
        "headers": {"Content-Type": "application/json"},
        "body": to_json(answer.value),
    }
''')
