"""Requests to AWS: shaped for the service's protocol, sent to AWS or to the endpoint that the usual variables name, and signed.

`AWS_ENDPOINT_URL_SQS`, `AWS_ENDPOINT_URL`, `AWS_PROFILE` and so on are read as botocore reads them. See: "AWS SDKs and Tools
Reference Guide", service-specific endpoints; "Signature Version 4".
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from vtl._lazy import require
from vtl.errors import BackendError, FunctionError
from vtl.messages import HttpRequest, HttpResponse, header

_RENAMED = {"states": "stepfunctions", "email": "ses", "monitoring": "cloudwatch"}
"""Services whose host is not called as botocore calls them."""
_LOCAL_KEYS = ("test", "test")
"""For an endpoint of one's own, when there are no credentials: emulators take any."""


@dataclass(frozen=True, slots=True)
class Service:
    """What botocore knows of a service: its name there, its protocol, and what a JSON call needs."""

    name: str
    signing_name: str
    protocol: str
    target_prefix: str
    json_version: str
    api_version: str


class AwsRequests:
    """Shapes and signs requests. Its botocore session is made once, when it is first needed."""

    def __init__(self, region: str = "us-east-1"):
        self._region = region

    @cached_property
    def _session(self) -> Any:
        return require("botocore.session", "aws").get_session()

    def prepared(self, request: HttpRequest) -> HttpRequest:
        """The request as it goes over the wire. BackendError without credentials for AWS itself."""
        host = urlsplit(request.url).hostname or ""
        labels = host.removesuffix(".cn").removesuffix(".amazonaws.com").split(".")
        region = labels[-1] if len(labels) > 1 and "-" in labels[-1] else self._region
        names = labels[:-1] if labels[-1] == region else labels
        service = self._service(names[-1])
        shaped = _shaped(request, service)
        endpoint = self._endpoint(service.name)
        if endpoint:
            shaped = _moved(shaped, endpoint, bucket=".".join(names[:-1]))
        return self._signed(shaped, service, region, local=bool(endpoint))

    def _service(self, name: str) -> Service:
        name = _RENAMED.get(name, name)
        try:
            model = self._session.get_service_model(name)
        except Exception as error:
            if type(error).__name__ != "UnknownServiceError":
                raise
            raise BackendError(f"there is no service of AWS called {name!r}") from None
        meta = model.metadata
        return Service(
            name,
            model.signing_name,
            meta.get("protocol", ""),
            meta.get("targetPrefix", ""),
            meta.get("jsonVersion", "1.0"),
            model.api_version,
        )

    def _endpoint(self, service: str) -> str | None:
        if os.environ.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() == "true":
            return None
        own = os.environ.get(f"AWS_ENDPOINT_URL_{service.upper().replace('-', '_')}")
        if service == "stepfunctions":
            own = own or os.environ.get("AWS_ENDPOINT_URL_SFN")
        return own or os.environ.get("AWS_ENDPOINT_URL") or None

    def _signed(self, request: HttpRequest, service: Service, region: str, *, local: bool) -> HttpRequest:
        auth, awsrequest, credentials = (require(f"botocore.{name}", "aws") for name in ("auth", "awsrequest", "credentials"))
        known = self._session.get_credentials()
        if known is None and not local:
            raise BackendError("there are no credentials for AWS", hint="aws configure, or AWS_ENDPOINT_URL for an emulator")
        keys = known or credentials.Credentials(*_LOCAL_KEYS)
        signer = auth.S3SigV4Auth if service.name == "s3" else auth.SigV4Auth
        skipped = ("x-amzn-trace-id", "authorization", "content-length", "host", "user-agent")
        headers = {name: value for name, value in request.headers if name.lower() not in skipped}
        signed = awsrequest.AWSRequest(request.method, request.url, headers=headers, data=request.body)
        signer(keys, service.signing_name, region).add_auth(signed)
        agent = [(name, value) for name, value in request.headers if name.lower() in ("user-agent", "x-amzn-trace-id")]
        return replace(request, headers=[*((str(name), str(value)) for name, value in signed.headers.items()), *agent])


def _shaped(request: HttpRequest, service: Service) -> HttpRequest:
    """An `action/` URI as the service's protocol has it: a JSON call with its target, or a query with its version."""
    parts = urlsplit(request.url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    action = dict(query).get("Action")
    if action is None:
        return request
    if service.target_prefix and service.protocol == "json":
        body = request.body if request.body.strip() else json.dumps(dict(each for each in query if each[0] != "Action")).encode()
        added = [
            ("X-Amz-Target", f"{service.target_prefix}.{action}"),
            ("Content-Type", f"application/x-amz-json-{service.json_version}"),
        ]
        given = {name.lower() for name, _ in added}
        headers = [*(pair for pair in request.headers if pair[0].lower() not in given), *added]
        url = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))
        return replace(request, method="POST", url=url, headers=headers, body=body)
    if "Version" not in dict(query):
        query.append(("Version", service.api_version))
    if request.body and "form" not in (header(request.headers, "Content-Type") or ""):
        query += _from_json(request.body)
        request = replace(request, body=b"")
    return replace(request, url=urlunsplit((parts.scheme, parts.netloc, parts.path or "/", urlencode(query), "")))


def _from_json(body: bytes) -> list[tuple[str, str]]:
    """The scalars of a JSON object as parameters of a query."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return []
    if not isinstance(document, dict):
        return []
    return [(str(name), str(value)) for name, value in document.items() if isinstance(value, str | int | float)]


def _moved(request: HttpRequest, endpoint: str, *, bucket: str) -> HttpRequest:
    """The request at another endpoint; what stood in front of the service's name, an S3 bucket, goes into the path."""
    there, parts = urlsplit(endpoint), urlsplit(request.url)
    path = f"{there.path.rstrip('/')}{'/' + bucket if bucket else ''}{parts.path}"
    url = urlunsplit((there.scheme, there.netloc, path, parts.query, ""))
    headers = [pair for pair in request.headers if pair[0].lower() != "host"]
    return replace(request, url=url, headers=headers)


def invocation_request(function: str, event: object, region: str, *, timeout: float | None = None, url: str = "") -> HttpRequest:
    """The Invoke call of a function, at AWS or at another runtime's address."""
    name, _, qualifier = function.partition(":")
    query = f"?Qualifier={qualifier}" if qualifier else ""
    base = url.rstrip("/") if url else f"https://lambda.{region}.amazonaws.com"
    body = json.dumps(event).encode()
    address = f"{base}/2015-03-31/functions/{name}/invocations{query}"
    return HttpRequest("POST", urlsplit(address).path, [("Content-Type", "application/json")], (), body, address, timeout=timeout)


def invocation_result(answer: HttpResponse) -> object:
    """The result in an answer to Invoke. FunctionError when the function failed, BackendError when it was not reached."""
    try:
        result: object = json.loads(answer.body) if answer.body.strip() else None
    except (ValueError, RecursionError):
        raise BackendError(f"the function's answer is no JSON: {answer.body[:80]!r}") from None
    if answer.status >= 300:
        detail = result.get("Message") or result.get("message") if isinstance(result, Mapping) else None
        raise BackendError(f"the function could not be invoked: {detail or answer.status}")
    if header(answer.headers, "X-Amz-Function-Error"):
        raise FunctionError(result)
    return result
