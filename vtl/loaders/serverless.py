"""serverless.yml: the `http` events of functions, the service proxy and step functions plugins, and the resources.

See: https://www.serverless.com/framework/docs/providers/aws/events/apigateway
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vtl.loaders.bodies import grouped
from vtl.loaders.cloudformation import Stack
from vtl.loaders.files import Files
from vtl.loaders.integrations import FoundTemplate, emit
from vtl.loaders.nodes import Node
from vtl.loaders.origin import Text
from vtl.loaders.reading import Fields, Reader, pointer
from vtl.loaders.serverless_variables import ServiceScope
from vtl.loaders.templates import ACCESS_LOG, RESPONSE, Site, Template
from vtl.model import HttpApi, Integration, IntegrationResponse, Method, RestApi, Route, Stage

JSON = "application/json"
_PROXIES = ("aws-proxy", "aws_proxy", "lambda-proxy", "lambda_proxy")
_TYPES = {"lambda": "AWS", "aws": "AWS", "http": "HTTP", "http-proxy": "HTTP_PROXY", "http_proxy": "HTTP_PROXY", "mock": "MOCK"}
_SHORT_RESPONSES = {"success": ("200", None), "clientError": ("400", "4\\d{2}"), "serverError": ("500", "5\\d{2}")}


def read_service(root: Node, files: Files) -> Reader:
    """The APIs of a service go into the harvest; the answer is the reader that knows the service's variables."""
    reader = Reader(ServiceScope(root, files), files.harvest)
    service = _Service(reader, root)
    service.read()
    for at, resources in service.resource_sections():
        Stack(reader, resources, at, form="serverless").read()
    return reader


class _Service:
    """One serverless.yml."""

    def __init__(self, reader: Reader, root: Node):
        self.reader = reader
        self.root = root
        service = reader.get(root, "service")
        self.name = str(reader.text(service, "name") if service is not None and service.is_map else reader.text(service) or "")
        self.site = Site("serverless", self.name)

    def read(self) -> None:
        methods: list[tuple[str, Method]] = []
        routes: list[Route] = []
        for at, name, event in self._events():
            for kind in ("http", "httpApi"):
                found = self.reader.get(event, kind)
                if found is not None and kind == "http":
                    methods.append(self._http(name, found, at + pointer("http")))
                elif found is not None:
                    routes.append(_route(self.reader, name, found))
        methods += list(self._proxies())
        logs = list(self._logs())
        stages = (Stage(self._stage(), access_log_format=next(iter(logs), None)),)
        if methods or logs:
            self.reader.harvest.apis.append(
                RestApi(self.name, self.name, tuple(grouped(methods)), stages=stages, where=self.root.anchor)
            )
        if routes:
            self.reader.harvest.apis.append(HttpApi(self.name, self.name, tuple(routes), where=self.root.anchor))

    def _events(self) -> Iterator[tuple[str, str, Node]]:
        """The events of functions and of state machines: JSON pointer, the function's name, the event."""
        places = (("functions",), ("stepFunctions", "stateMachines"))
        for path in places:
            for at, holder in self._sections(*path):
                for name, function in self.reader.items(holder):
                    events = self.reader.list(self.reader.get(function, "events"))
                    for index, event in enumerate(events):
                        if event.is_map:
                            yield at + pointer(name, "events", index), name, event

    def _sections(self, *path: str) -> Iterator[tuple[str, Node]]:
        """A section, or each part of one that is written as a list of files."""
        node = self.reader.walk(self.root, *path)
        if node is not None and node.is_list:
            for index, part in enumerate(self.reader.list(node)):
                yield pointer(*path, index), part
        elif node is not None:
            yield pointer(*path), node

    def resource_sections(self) -> Iterator[tuple[str, Node]]:
        """The CloudFormation parts of the service."""
        return ((at, node) for at, node in self._sections("resources") if node.is_map)

    def _http(self, name: str, event: Node, at: str) -> tuple[str, Method]:
        """An `http` event, long or short (`GET users/list`)."""
        if not event.is_map:
            verb, _, path = str(event.text).partition(" ")
            return _path(path), Method(_verb(verb), integration=Integration("AWS_PROXY", name, "POST"), where=event.anchor)
        fields = Fields(self.reader, event)
        path, verb = _path(fields.string("path")), _verb(fields.string("method"))
        kind = fields.string("integration").lower()
        machine = at.startswith("/stepFunctions")
        backend = _TYPES.get(kind, "AWS" if machine else "AWS_PROXY") if kind not in _PROXIES else "AWS_PROXY"
        if not kind and not machine and (_has_templates(self.reader, event)):
            backend = "AWS_PROXY"
        integration, templates = self._integration(backend, name, fields, at)
        emit(self.reader, integration, templates, replace(self.site, path=path, method=verb, address=name))
        authorizer = fields.get("authorizer")
        own = (
            self.reader.text(authorizer, "name", "arn")
            if authorizer is not None and authorizer.is_map
            else fields.text("authorizer")
        )
        method = Method(
            verb,
            authorization_type="AWS_IAM" if (own or "").lower() == "aws_iam" else "CUSTOM" if own else "NONE",
            authorizer=own if (own or "").lower() != "aws_iam" else None,
            api_key_required=fields.flag("private"),
            integration=integration,
            where=event.anchor,
        )
        return path, method

    def _integration(self, backend: str, uri: str, fields: Fields, at: str) -> tuple[Integration, list[FoundTemplate]]:
        """An integration from `request` and `response` of an event or of a proxy."""
        reader = self.reader
        templates: list[FoundTemplate] = []
        request = fields.get("request")
        own = Fields(reader, request) if request is not None and request.is_map else None
        request_templates = self._templates(own, at + pointer("request"), -1, templates) if own is not None else {}
        responses = tuple(self._responses(fields.get("response"), at + pointer("response"), templates))
        passthrough = own.string("passthrough") if own is not None else ""
        integration = Integration(
            backend,
            uri,
            "POST",
            request_parameters=fields.text_map("requestparameters"),
            request_templates=request_templates,
            passthrough_behavior=passthrough.upper() or ("NEVER" if backend == "AWS" and request_templates else None),
            content_handling=own.string("contenthandling") or None if own is not None else None,
            responses=responses,
            where=fields.node.anchor,
        )
        return integration, templates

    def _responses(self, node: Node | None, at: str, templates: list[FoundTemplate]) -> Iterator[IntegrationResponse]:
        """`response.template` (the default response) and `response.statusCodes`; the proxies' lists and short names."""
        if node is None or not (node.is_map or node.is_list):
            return
        reader = self.reader
        count = 0
        if node.is_list:
            for index, item in enumerate(reader.list(node)):
                found = self._templates(Fields(reader, item), at + pointer(index), count, templates)
                own = Fields(reader, item)
                yield IntegrationResponse(
                    own.string("statuscode"), own.string("selectionpattern") or None, own.text_map("responseparameters"), found
                )
                count += 1
            return
        fields = Fields(reader, node)
        template = fields.get("template")
        if template is not None and template.is_map and set(template.value) <= set(_SHORT_RESPONSES):
            for name, child in reader.items(template):
                status, pattern = _SHORT_RESPONSES[name]
                text = self._template(child, JSON, at + pointer("template", name), count, templates)
                yield IntegrationResponse(status, pattern, response_templates={JSON: text} if text is not None else {})
                count += 1
            return
        headers = fields.text_map("headers")
        codes = fields.get("statuscodes")
        if template is not None:
            found = self._templates(fields, at, count, templates)
            yield IntegrationResponse("200", None, headers, found, where=node.anchor)
            count += 1
        for status, child in reader.items(codes):
            own = Fields(reader, child)
            found = self._templates(own, at + pointer("statusCodes", status), count, templates)
            yield IntegrationResponse(
                status, own.string("pattern") or None, {**headers, **own.text_map("headers")}, found, where=child.anchor
            )
            count += 1

    def _templates(self, fields: Fields, at: str, response: int, templates: list[FoundTemplate]) -> dict[str, str]:
        """The template or templates of a request or a response; a single one is for JSON."""
        name = fields.name("template", "templates", "responsetemplates", "requesttemplates")
        if not name:
            return {}
        chosen: dict[str, str] = {}
        for holder in self.reader.scope.alternatives(fields.node.value[name]):
            if holder.is_scalar:
                text = self._template(holder, JSON, at + pointer(name), response, templates)
                chosen |= {JSON: text} if text is not None else {}
                continue
            for media_type, child in holder.items():
                for value in self.reader.scope.alternatives(child):
                    text = self._template(value, media_type, at + pointer(name, media_type), response, templates)
                    if text is not None:
                        chosen.setdefault(media_type, text)
        return chosen

    def _template(self, node: Node, media: str, at: str, response: int, templates: list[FoundTemplate]) -> Text | None:
        if not node.is_scalar or node.is_null:
            return None
        if not node.text.is_unknown:
            templates.append(FoundTemplate(node.text, media, at, response))
        return node.text

    def _proxies(self) -> Iterator[tuple[str, Method]]:
        """`custom.apiGatewayServiceProxies`: a list of single-key mappings, the service's name first."""
        found = self.reader.walk(self.root, "custom", "apiGatewayServiceProxies")
        for index, entry in enumerate(self.reader.list(found)):
            for service, node in self.reader.items(entry):
                if not node.is_map:
                    continue
                fields = Fields(self.reader, node)
                at = pointer("custom", "apiGatewayServiceProxies", index, service)
                integration, templates = self._integration("AWS", service, fields, at)
                path, verb = _path(fields.string("path")), _verb(fields.string("method"))
                emit(self.reader, integration, templates, replace(self.site, path=path, method=verb, address=service))
                yield path, Method(verb, integration=integration, where=node.anchor)

    def _stage(self) -> str:
        """The stage that is deployed to unless another one is asked for."""
        found = self.reader.walk(self.root, "provider", "stage")
        text = self.reader.text(found) if found is not None and found.is_scalar else None
        return str(text) if text and not text.placeholders else "dev"

    def _logs(self) -> Iterator[Text]:
        """`provider.logs.restApi.format`; those of other kinds of APIs go into the harvest only."""
        for kind in ("restApi", "websocket", "httpApi"):
            logs = self.reader.walk(self.root, "provider", "logs", kind)
            node = self.reader.get(logs, "format") if logs is not None and logs.is_map else None
            if node is not None and node.is_scalar:
                at = pointer("provider", "logs", kind, "format")
                self.reader.harvest.add(Template(node.text, "", RESPONSE, ACCESS_LOG, at, self.site))
                if kind == "restApi":
                    yield node.text


def _route(reader: Reader, name: str, event: Node) -> Route:
    if event.is_map:
        key = f"{_verb(reader.text(event, 'method') or '*')} {reader.text(event, 'path') or ''}".strip()
    else:
        key = str(event.text)
    key = "$default" if key in ("*", "ANY", "ANY *") else key.replace("* ", "ANY ", 1)
    return Route(key, Integration("AWS_PROXY", name, "POST", payload_format_version="2.0"), where=event.anchor)


def _has_templates(reader: Reader, event: Node) -> bool:
    return reader.get(reader.get(event, "request"), "template") is not None


def _path(path: str) -> str:
    return "/" + str(path).strip("/")


def _verb(verb: str) -> str:
    return str(verb).upper().replace("*", "ANY")
