"""The one table of what AWS documents for a mapping template: every variable of $context, and the members of $input and $util.

Whoever asks what a variable is, where it exists and which page says so reads this table; there is no other. Descriptions are in
own words; `page` names a page of the API Gateway developer guide.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

REST_PAGE = "api-gateway-mapping-template-reference"
WEBSOCKET_PAGE = "apigateway-websocket-api-mapping-template-reference"
LOGGING_PAGE = "api-gateway-variables-for-access-logging"
OVERRIDE_PAGE = "apigateway-override-request-response-parameters"
STAGE_PAGE = "aws-api-gateway-stage-variables-reference"

REQUEST = "request"
RESPONSE = "response"
GATEWAY_RESPONSE = "gateway response"
ACCESS_LOG = "access log"

EVERYWHERE = frozenset({REQUEST, RESPONSE, GATEWAY_RESPONSE, ACCESS_LOG})
TEMPLATES = frozenset({REQUEST, RESPONSE})
FAILURES = frozenset({GATEWAY_RESPONSE, ACCESS_LOG})
LOGS = frozenset({ACCESS_LOG})


@dataclass(frozen=True, slots=True)
class Variable:
    """One documented variable or member.

    `name` is written as in a template, without the `$` ("context.identity.sourceIp"); a last part `*` stands for any name, and a
    method ends with its parameters ("input.params(name)"). `type` is what a template sees: "string", "number", "map" or "any".
    `places` are the kinds of text in which it has a value. `rest` and `websocket` tell which APIs have it.
    """

    name: str
    type: str
    description: str
    page: str
    places: frozenset[str]
    rest: bool = True
    websocket: bool = False
    writable: bool = False

    @property
    def is_method(self) -> bool:
        """Whether it is called with parentheses."""
        return self.name.endswith(")")


BOTH = "both"
REST = "rest"
WEBSOCKET = "websocket"

_CONTEXT = (
    ("accountId", "string", "the account that owns the API", REST, EVERYWHERE),
    ("apiId", "string", "the id that API Gateway gave the API", BOTH, EVERYWHERE),
    ("authorizer", "map", "what the authorizer said about the caller; absent without an authorizer", BOTH, EVERYWHERE),
    ("authorizer.claims", "map", "the claims of an Amazon Cognito user pool; prints nothing by itself", REST, EVERYWHERE),
    ("authorizer.claims.*", "string", "one claim; names with a colon need brackets and quotes", REST, EVERYWHERE),
    ("authorizer.principalId", "string", "the principal that a Lambda authorizer named", BOTH, EVERYWHERE),
    ("authorizer.*", "string", "an entry of the context map of a Lambda authorizer, always as text", BOTH, EVERYWHERE),
    ("awsEndpointRequestId", "string", "the request id of the AWS service behind the integration", REST, EVERYWHERE),
    ("connectedAt", "number", "when the connection was made, in milliseconds since 1970", WEBSOCKET, EVERYWHERE),
    ("connectionId", "string", "the id of the connection, for calls back to the client", WEBSOCKET, EVERYWHERE),
    ("deploymentId", "string", "the deployment that answers", REST, EVERYWHERE),
    ("domainName", "string", "the host that the caller used, as in the Host header", BOTH, EVERYWHERE),
    ("domainPrefix", "string", "the first label of domainName", REST, EVERYWHERE),
    ("error", "map", "what went wrong", BOTH, FAILURES),
    ("error.message", "string", "the message of the error, as text without quotes", REST, FAILURES),
    ("error.messageString", "string", "error.message in double quotes", BOTH, EVERYWHERE),
    ("error.responseType", "string", "the type of the gateway response, such as UNAUTHORIZED", REST, FAILURES),
    ("error.validationErrorString", "string", "what the request validation found wrong", BOTH, EVERYWHERE),
    ("eventType", "string", "CONNECT, MESSAGE or DISCONNECT", WEBSOCKET, EVERYWHERE),
    ("extendedRequestId", "string", "the id that API Gateway made itself, also the header x-amz-apigw-id", BOTH, EVERYWHERE),
    ("httpMethod", "string", "DELETE, GET, HEAD, OPTIONS, PATCH, POST or PUT", REST, EVERYWHERE),
    ("identity", "map", "who called", BOTH, EVERYWHERE),
    ("identity.accessKey", "string", "the access key that signed the request", REST, EVERYWHERE),
    ("identity.accountId", "string", "the caller's account, for signed requests", BOTH, EVERYWHERE),
    ("identity.apiKey", "string", "the API key of the request, where the method needs one", BOTH, EVERYWHERE),
    ("identity.apiKeyId", "string", "the id of that API key", BOTH, EVERYWHERE),
    ("identity.caller", "string", "the principal that signed the request; only with IAM authorization", BOTH, EVERYWHERE),
    ("identity.clientCert", "map", "the client's certificate; only on custom domains with mutual TLS", REST, EVERYWHERE),
    ("identity.clientCert.clientCertPem", "string", "the certificate in PEM form", REST, EVERYWHERE),
    ("identity.clientCert.issuerDN", "string", "the distinguished name of its issuer", REST, EVERYWHERE),
    ("identity.clientCert.serialNumber", "string", "its serial number", REST, EVERYWHERE),
    ("identity.clientCert.subjectDN", "string", "the distinguished name of its subject", REST, EVERYWHERE),
    ("identity.clientCert.validity", "map", "the time in which it is valid", REST, EVERYWHERE),
    ("identity.clientCert.validity.notAfter", "string", "the end of that time", REST, EVERYWHERE),
    ("identity.clientCert.validity.notBefore", "string", "the beginning of that time", REST, EVERYWHERE),
    ("identity.cognitoAuthenticationProvider", "string", "the providers that the Cognito user came by", BOTH, EVERYWHERE),
    (
        "identity.cognitoAuthenticationType",
        "string",
        "authenticated or unauthenticated, for Cognito identities",
        BOTH,
        EVERYWHERE,
    ),
    ("identity.cognitoIdentityId", "string", "the Cognito identity that signed the request", BOTH, EVERYWHERE),
    ("identity.cognitoIdentityPoolId", "string", "the pool of that identity", BOTH, EVERYWHERE),
    ("identity.principalOrgId", "string", "the AWS organization of the caller", REST, EVERYWHERE),
    ("identity.sourceIp", "string", "the address from which the connection to API Gateway came", BOTH, EVERYWHERE),
    ("identity.user", "string", "the user that is authorized; only with IAM authorization", BOTH, EVERYWHERE),
    ("identity.userAgent", "string", "the User-Agent header", BOTH, EVERYWHERE),
    ("identity.userArn", "string", "the ARN of that user", BOTH, EVERYWHERE),
    ("isCanaryRequest", "string", "true when the request went to the canary", REST, EVERYWHERE),
    ("messageId", "string", "the id of the message; MESSAGE events only", WEBSOCKET, EVERYWHERE),
    ("path", "string", "the path of the request with the stage before it", REST, EVERYWHERE),
    ("protocol", "string", "HTTP/1.1, whatever the caller speaks", REST, EVERYWHERE),
    ("requestId", "string", "the id of the request, also the header x-amzn-RequestId", BOTH, EVERYWHERE),
    ("requestTime", "string", "the time of the request in the Common Log Format", BOTH, EVERYWHERE),
    ("requestTimeEpoch", "number", "the time of the request in milliseconds since 1970", BOTH, EVERYWHERE),
    ("resourceId", "string", "the id of the resource", REST, EVERYWHERE),
    ("resourcePath", "string", "the path of the resource with its parameters in braces", REST, EVERYWHERE),
    ("routeKey", "string", "the key of the route that was chosen", WEBSOCKET, EVERYWHERE),
    ("stage", "string", "the name of the stage", BOTH, EVERYWHERE),
    ("wafResponseCode", "string", "WAF_ALLOW or WAF_BLOCK; only with a web ACL", REST, EVERYWHERE),
    ("webaclArn", "string", "the ARN of the web ACL that looked at the request", REST, EVERYWHERE),
)
_OVERRIDES = (
    ("requestOverride", "map", "what the integration request shall carry instead"),
    ("requestOverride.header", "map", "headers by name; a list gives several"),
    ("requestOverride.header.*", "any", "a header of the integration request"),
    ("requestOverride.path", "map", "path parameters by name"),
    ("requestOverride.path.*", "any", "a path parameter of the integration request"),
    ("requestOverride.querystring", "map", "query parameters by name"),
    ("requestOverride.querystring.*", "any", "a query parameter of the integration request"),
    ("responseOverride", "map", "what the response shall carry instead; works in a request template too"),
    ("responseOverride.header", "map", "headers by name"),
    ("responseOverride.header.*", "any", "a header of the response"),
    ("responseOverride.status", "number", "the status of the response"),
)
_LOGGED = (
    ("authenticate.error", "string", "the error of the authentication", BOTH),
    ("authenticate.latency", "string", "its milliseconds", BOTH),
    ("authenticate.status", "string", "its status", BOTH),
    ("authorize.error", "string", "the error of the authorization", BOTH),
    ("authorize.latency", "string", "its milliseconds", BOTH),
    ("authorize.status", "string", "its status", BOTH),
    ("authorizer.error", "string", "the error of the authorizer", BOTH),
    ("authorizer.integrationLatency", "string", "the milliseconds of its function", BOTH),
    ("authorizer.integrationStatus", "string", "the status of its function", BOTH),
    ("authorizer.latency", "string", "its milliseconds", BOTH),
    ("authorizer.requestId", "string", "the request id of its function", BOTH),
    ("authorizer.status", "string", "its status", BOTH),
    ("customDomain.basePathMatched", "string", "the base path of the custom domain that matched", REST),
    ("integration.error", "string", "the error of the integration", BOTH),
    ("integration.integrationStatus", "string", "the status of the AWS Lambda service", BOTH),
    ("integration.latency", "string", "the milliseconds of the integration", BOTH),
    ("integration.requestId", "string", "the request id of the integration", BOTH),
    ("integration.status", "string", "the status that the integration gave", BOTH),
    ("integrationErrorMessage", "string", "the same as integration.error", BOTH),
    ("integrationLatency", "string", "the same as integration.latency", BOTH),
    ("integrationStatus", "string", "the status of the integration, of the Lambda service for a proxy", BOTH),
    ("responseLatency", "string", "the milliseconds until the response", REST),
    ("responseLength", "string", "the bytes of the response's body", REST),
    ("status", "string", "the status of the response", BOTH),
    ("waf.error", "string", "the error of AWS WAF", BOTH),
    ("waf.latency", "string", "its milliseconds", BOTH),
    ("waf.status", "string", "its status", BOTH),
    ("xrayTraceId", "string", "the id of the trace in AWS X-Ray", REST),
)
_INPUT = (
    ("input.body", "string", "the body as text, before anything reads it"),
    ("input.json(path)", "string", "what the JSONPath finds, as JSON text"),
    ("input.path(path)", "any", "what the JSONPath finds, as an object with Java's methods"),
    ("input.params()", "map", "the maps path, querystring and header"),
    ("input.params().path", "map", "path parameters by name"),
    ("input.params().querystring", "map", "query parameters by name"),
    ("input.params().header", "map", "headers by name"),
    ("input.params(name)", "string", "a parameter of the path, else of the query, else of the headers; empty if there is none"),
)
_UTIL = (
    ("util.base64Decode(text)", "string", "what the base64 text stands for"),
    ("util.base64Encode(text)", "string", "the text in base64"),
    ("util.escapeJavaScript(text)", "string", "the text with JavaScript's escapes; it escapes ' too, which JSON does not allow"),
    ("util.parseJson(text)", "any", "the JSON text as an object"),
    ("util.urlDecode(text)", "string", "the text out of application/x-www-form-urlencoded form"),
    ("util.urlEncode(text)", "string", "the text in application/x-www-form-urlencoded form"),
)


def _context_row(name: str, kind: str, text: str, api: str, places: frozenset[str], page: str) -> Variable:
    page = WEBSOCKET_PAGE if api == WEBSOCKET else page
    return Variable(f"context.{name}", kind, text, page, places, rest=api != WEBSOCKET, websocket=api != REST)


CATALOG: tuple[Variable, ...] = (
    *(_context_row(*row, REST_PAGE) for row in _CONTEXT),
    *(Variable(f"context.{name}", kind, text, OVERRIDE_PAGE, TEMPLATES, writable=True) for name, kind, text in _OVERRIDES),
    *(_context_row(*row, LOGS, LOGGING_PAGE) for row in _LOGGED),
    *(Variable(name, kind, text, REST_PAGE, TEMPLATES, websocket=True) for name, kind, text in _INPUT),
    *(Variable(name, kind, text, REST_PAGE, TEMPLATES, websocket=True) for name, kind, text in _UTIL),
    Variable("stageVariables", "map", "the variables of the stage by name", STAGE_PAGE, EVERYWHERE, websocket=True),
    Variable("stageVariables.*", "string", "one variable of the stage", STAGE_PAGE, EVERYWHERE, websocket=True),
)
"""Every documented variable, those of $context first."""

EXTRAS: tuple[Variable, ...] = tuple(
    Variable(name, kind, text, "", TEMPLATES, rest=False)
    for name, kind, text in (
        ("json.toXml(value)", "string", "the XML for a value, or for a text of JSON"),
        ("soap.envelope(xml)", "string", "a SOAP 1.1 envelope around XML; with '1.2' as a second argument one of SOAP 1.2"),
        ("xml.parse(text)", "any", "the XML text as an object, as `vtl convert xml2json` has it"),
        ("xml.path(text, path)", "any", "what a JSONPath such as '$.order.item' finds in the XML text as an object"),
        ("xml.toJson(text)", "string", "the XML text as JSON text"),
    )
)
"""Objects that AWS does not have: a template gets them from this library alone, and only when its caller asks for them."""


@lru_cache(maxsize=1)
def extra_methods() -> dict[str, Variable]:
    """The rows of `EXTRAS` by object and method, such as "xml.parse"."""
    return {variable.name.partition("(")[0]: variable for variable in EXTRAS}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Variable]:
    return {variable.name: variable for variable in CATALOG}


def lookup(name: str) -> Variable | None:
    """The entry for a name such as "context.identity.sourceIp", also through a `*`; None for what is not documented."""
    table = _by_name()
    found = table.get(name)
    if found is None and "." in name:
        found = table.get(name.rpartition(".")[0] + ".*")
    return found
