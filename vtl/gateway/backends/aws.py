"""Requests to AWS: sent to AWS itself or to the endpoint that the usual variables name, and signed by botocore.

`AWS_ENDPOINT_URL_SQS`, `AWS_ENDPOINT_URL`, `AWS_PROFILE`, a profile's `services` section, credentials of every kind: all are read
by botocore's own code. The role of an integration's `credentials` is not assumed; the caller's own credentials sign.
See: "AWS SDKs and Tools Reference Guide", service-specific endpoints; "Signature Version 4".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from vtl._lazy import require
from vtl.errors import BackendError
from vtl.gateway.backends.aws_calls import Service, moved, shaped
from vtl.messages import HttpRequest

_RENAMED = {"states": "stepfunctions", "email": "ses", "monitoring": "cloudwatch"}
"""Services whose host is not called as botocore calls them."""
_LOCAL_KEYS = ("test", "test")
"""For an endpoint of one's own, when there are no credentials: emulators take any."""
_UNSIGNED = frozenset({"x-amzn-trace-id", "user-agent"})
"""Sent, but not signed: what lies between may change them."""
_NOT_SENT = frozenset({"authorization", "content-length", "host"})


class AwsRequests:
    """Shapes and signs requests; many threads may use it at once. Its botocore session is made when it is first needed."""

    def __init__(self, region: str = "us-east-1"):
        self._region = region
        self._lock = Lock()
        self._made: Any = None
        self._local: Any = None
        self._services: dict[str, Service] = {}

    def prepared(self, request: HttpRequest) -> HttpRequest:
        """The request as it goes over the wire. BackendError for a service that is none, and without credentials for AWS."""
        prefix, name, region = _host_parts(urlsplit(request.url).hostname or "", self._region)
        with self._lock:
            service = self._service(name)
            endpoint = self._endpoint(service.name)
            keys = self._keys(local=endpoint is not None)
        made = shaped(request, service)
        if endpoint is not None:
            made = moved(made, endpoint, before=prefix)
        return _signed(made, service, region, keys)

    def _session(self) -> Any:
        if self._made is None:
            self._made = require("botocore.session", "aws").get_session()
        return self._made

    def _service(self, name: str) -> Service:
        name = _RENAMED.get(name, name)
        if name not in self._services:
            exceptions = require("botocore.exceptions", "aws")
            try:
                model = self._session().get_service_model(name)
            except (exceptions.UnknownServiceError, exceptions.DataNotFoundError):
                raise BackendError(f"there is no service of AWS called {name!r}") from None
            self._services[name] = _service_of(name, model)
        return self._services[name]

    def _endpoint(self, service: str) -> str | None:
        """What the environment or the profile names for the service, else for all of them."""
        session = self._session()
        if session.get_config_variable("ignore_configured_endpoint_urls"):
            return None
        provider = require("botocore.configprovider", "aws").ConfiguredEndpointProvider(
            full_config=session.full_config, scoped_config=session.get_scoped_config(), client_name=service
        )
        found = provider.provide()
        return str(found) if found else None

    def _keys(self, *, local: bool) -> Any:
        exceptions = require("botocore.exceptions", "aws")
        try:
            known = self._local_keys() if local else self._session().get_credentials()
            if known is None:
                raise BackendError("there are no credentials for AWS", hint="aws configure, or AWS_ENDPOINT_URL for an emulator")
            return known.get_frozen_credentials()
        except exceptions.BotoCoreError as error:
            raise BackendError(f"the credentials for AWS cannot be read: {error}") from None

    def _local_keys(self) -> Any:
        """The credentials for an endpoint of one's own, found once, without asking the machine's metadata service for a role."""
        if self._local is None:
            credentials = require("botocore.credentials", "aws")
            resolver = credentials.create_credential_resolver(self._session())
            resolver.remove("iam-role")
            self._local = resolver.load_credentials() or credentials.Credentials(*_LOCAL_KEYS)
        return self._local


def _host_parts(host: str, region: str) -> tuple[str, str, str]:
    """What stands before the service's name in a host of AWS (an S3 bucket), that name, and the region."""
    labels = host.removesuffix(".cn").removesuffix(".amazonaws.com").split(".")
    if len(labels) > 1 and "-" in labels[-1]:
        region = labels.pop()
    return ".".join(labels[:-1]), labels[-1], region


def _service_of(name: str, model: Any) -> Service:
    meta = model.metadata
    known: dict[str, Mapping[str, str]] = {}

    def types(action: str) -> Mapping[str, str]:
        if action not in known and action in model.operation_names:
            shape = model.operation_model(action).input_shape
            known[action] = {} if shape is None else {each: member.type_name for each, member in shape.members.items()}
        return known.get(action, {})

    protocols = (*meta.get("protocols", ()), meta.get("protocol", ""))
    prefix, version = meta.get("targetPrefix", ""), meta.get("jsonVersion", "1.0")
    return Service(name, model.signing_name, protocols, prefix, version, model.api_version, types)


def _signed(request: HttpRequest, service: Service, region: str, keys: Any) -> HttpRequest:
    auth, awsrequest = require("botocore.auth", "aws"), require("botocore.awsrequest", "aws")
    signer = auth.S3SigV4Auth if service.name == "s3" else auth.SigV4Auth
    headers: dict[str, str] = {}
    for name, value in request.headers:
        if name.lower() not in (_UNSIGNED | _NOT_SENT):
            headers[name] = f"{headers[name]},{value}" if name in headers else value
    signed = awsrequest.AWSRequest(request.method, request.url, headers=headers, data=request.body)
    signer(keys, service.signing_name, region).add_auth(signed)
    unsigned = [pair for pair in request.headers if pair[0].lower() in _UNSIGNED]
    return replace(request, headers=[*((str(name), str(value)) for name, value in signed.headers.items()), *unsigned])
