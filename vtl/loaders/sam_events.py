"""The methods and routes that SAM makes of the events of functions and state machines.

See: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-api.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vtl.loaders.cloudformation_names import name_in
from vtl.loaders.nodes import Node
from vtl.loaders.reading import Fields
from vtl.model import Integration, IntegrationResponse, Method, Route

if TYPE_CHECKING:
    from vtl.loaders.cloudformation import Entry, Stack

_START = "arn:aws:apigateway:us-east-1:states:action/StartExecution"


@dataclass(slots=True)
class EventApi:
    """What events ask of one API."""

    http: bool
    methods: list[tuple[str, Method]] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)


def read_events(stack: Stack) -> dict[str, EventApi]:
    """By the API's logical id; SAM's implicit APIs have names of their own."""
    found: dict[str, EventApi] = {}
    for entry in stack.of_type("AWS::Serverless::Function", "AWS::Serverless::StateMachine"):
        for _, event in stack.reader.items(entry.properties.get("events")):
            kind = stack.reader.text(event, "Type")
            if kind not in ("Api", "HttpApi"):
                continue
            http = kind == "HttpApi"
            properties = stack.reader.get(event, "Properties") or event.replaced({})
            api = found.setdefault(_api(stack, properties, http), EventApi(http))
            _event(stack, entry, event, properties, api)
    return found


def _api(stack: Stack, properties: Node, http: bool) -> str:
    """The API that an event belongs to; SAM's own one when it names none."""
    fields = Fields(stack.reader, properties)
    name = fields.name("apiid" if http else "restapiid")
    return name_in(fields.node.value[name]) if name else ("ServerlessHttpApi" if http else "ServerlessRestApi")


def _event(stack: Stack, entry: Entry, event: Node, properties: Node, api: EventApi) -> None:
    fields = Fields(stack.reader, properties)
    path = fields.string("path")
    verb = fields.string("method").upper().replace("*", "ANY")
    if api.http:
        key = f"{verb or 'ANY'} {path}" if path else "$default"
        integration = Integration("AWS_PROXY", entry.id, "POST", payload_format_version="2.0", where=event.anchor)
        api.routes.append(Route(key, integration, where=event.key_anchor))
        return
    if entry.type == "AWS::Serverless::StateMachine":
        integration = _state_machine(entry.id, fields, event)
    else:
        integration = Integration("AWS_PROXY", entry.id, "POST", where=event.anchor)
    auth = fields.get("auth")
    own = Fields(stack.reader, auth) if auth is not None else None
    authorizer = own.string("authorizer") if own else ""
    method = Method(
        http_method="ANY" if verb == "ANY" else verb,
        authorization_type="AWS_IAM" if authorizer == "AWS_IAM" else "NONE" if authorizer in ("", "NONE") else "CUSTOM",
        authorizer=authorizer if authorizer not in ("", "NONE", "AWS_IAM") else None,
        api_key_required=own.flag("apikeyrequired") if own else False,
        integration=integration,
        where=event.key_anchor,
    )
    api.methods.append((path or "/", method))


def _state_machine(name: str, fields: Fields, event: Node) -> Integration:
    """The integration that SAM writes for a state machine's event: it starts an execution with the body as input."""
    unescape = '.replaceAll("\\\\\'","\'")' if fields.flag("unescapemappingtemplate") else ""
    template = f'{{"input": "$util.escapeJavaScript($input.json(\'$\')){unescape}", "stateMachineArn": "{name}"}}'
    responses = (IntegrationResponse("200"), IntegrationResponse("400", "4\\d{2}"), IntegrationResponse("500", "5\\d{2}"))
    return Integration(
        "AWS", _START, "POST", request_templates={"application/json": template}, responses=responses, where=event.anchor
    )
