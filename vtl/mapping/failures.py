"""`GatewayFailure`: a request that API Gateway answers itself, and the table of the kinds of such answers.

See: "Gateway response types for API Gateway"; statuses and bodies of the kinds are recorded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vtl.errors import VtlError

DEFAULT_4XX, DEFAULT_5XX = "DEFAULT_4XX", "DEFAULT_5XX"


@dataclass(frozen=True, slots=True)
class ResponseType:
    """One kind of gateway response: its status, the name that `x-amzn-ErrorType` shows, its message.

    `key` is the member of the body that holds the message. `spaced` tells whether a blank follows the colon, as in the answers of
    the part of AWS that runs integrations.
    """

    name: str
    status: int
    error_type: str
    message: str | None
    spaced: bool = False
    key: str = "message"

    @property
    def family(self) -> str:
        """The kind whose settings count when this one has none."""
        return DEFAULT_4XX if self.status < 500 else DEFAULT_5XX


_INTERNAL = ("InternalServerErrorException", "Internal server error", True)
_UNSIGNED = "The request signature we calculated does not match the signature you provided."

RESPONSE_TYPES: Mapping[str, ResponseType] = MappingProxyType(
    {
        each.name: each
        for each in (
            ResponseType(
                "ACCESS_DENIED", 403, "AccessDeniedException", "User is not authorized to access this resource", key="Message"
            ),
            ResponseType("API_CONFIGURATION_ERROR", 500, *_INTERNAL),
            ResponseType("AUTHORIZER_CONFIGURATION_ERROR", 500, "AuthorizerConfigurationException", None),
            ResponseType("AUTHORIZER_FAILURE", 500, "AuthorizerFailureException", None),
            ResponseType("BAD_REQUEST_BODY", 400, "BadRequestException", "Invalid request body", True),
            ResponseType("BAD_REQUEST_PARAMETERS", 400, "BadRequestException", "Invalid request parameters", True),
            ResponseType("EXPIRED_TOKEN", 403, "ExpiredTokenException", "The security token included in the request is expired"),
            ResponseType(
                "INTEGRATION_FAILURE", 504, "InternalServerErrorException", "Network error communicating with endpoint", True
            ),
            ResponseType("INTEGRATION_TIMEOUT", 504, "InternalServerErrorException", "Endpoint request timed out", True),
            ResponseType("INVALID_API_KEY", 403, "ForbiddenException", "Forbidden"),
            ResponseType("INVALID_SIGNATURE", 403, "InvalidSignatureException", _UNSIGNED),
            ResponseType(
                "MISSING_AUTHENTICATION_TOKEN", 403, "MissingAuthenticationTokenException", "Missing Authentication Token"
            ),
            ResponseType("QUOTA_EXCEEDED", 429, "LimitExceededException", "Limit Exceeded"),
            ResponseType("REQUEST_TOO_LARGE", 413, "RequestTooLargeException", "Request Too Long"),
            ResponseType("RESOURCE_NOT_FOUND", 404, "NotFoundException", "Not Found"),
            ResponseType("THROTTLED", 429, "TooManyRequestsException", "Too Many Requests"),
            ResponseType("UNAUTHORIZED", 401, "UnauthorizedException", "Unauthorized"),
            ResponseType("UNSUPPORTED_MEDIA_TYPE", 415, "BadRequestException", "Unsupported Media Type", True),
            ResponseType("WAF_FILTERED", 403, "ForbiddenException", "Forbidden"),
            # What no type names, such as the 502 for a malformed answer of a function, is of the family alone.
            ResponseType(DEFAULT_4XX, 400, "BadRequestException", "Bad Request", True),
            ResponseType(DEFAULT_5XX, 500, *_INTERNAL),
        )
    }
)
"""The kinds by name. RESOURCE_NOT_FOUND and the texts of EXPIRED_TOKEN and INVALID_SIGNATURE are documented, not recorded."""


class GatewayFailure(VtlError):
    """API Gateway answers this request itself. `response_type` names the kind; `status` and `body` are those of the answer that
    an API without gateway responses of its own gives; `reason` says what the execution log says, for its author's eyes alone."""

    def __init__(self, response_type: str, message: str | None = None, *, reason: str = "", status: int | None = None):
        self.kind = RESPONSE_TYPES[response_type]
        text = message if message is not None else self.kind.message
        super().__init__(text or response_type)
        self.response_type = response_type
        self.error_message = text
        self.reason = reason
        self.status = status if status is not None else self.kind.status

    @property
    def body(self) -> str:
        """The JSON text of the answer, in AWS's spacing."""
        colon = ": " if self.kind.spaced else ":"
        return f'{{"{self.kind.key}"{colon}{json.dumps(self.error_message)}}}'


def internal_error(reason: str) -> GatewayFailure:
    """The API is configured wrongly, which a caller sees as an internal error; `reason` is for its author."""
    return GatewayFailure("API_CONFIGURATION_ERROR", reason=reason)
