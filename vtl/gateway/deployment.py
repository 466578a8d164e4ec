"""`Deployment`: an API on a stage, ready for requests. It does not change."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from vtl.errors import InputError, VtlError
from vtl.gateway.authorizers import Authorize
from vtl.gateway.plans import MethodPlan
from vtl.gateway.routing import RouteTable
from vtl.gateway.services import Clock, Ids
from vtl.gateway.validation import BodyModels
from vtl.model import Authorizer, GatewayResponse, RestApi

_HEADER = re.compile(r"method\.request\.(?:multivalue)?header\.([!#$%&'*+.^_`|~0-9A-Za-z-]+)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
Policy = Callable[[Mapping[str, object]], bool]


class Deployment:
    """The compiled methods of an API, and what its stage says."""

    def __init__(
        self,
        api: RestApi,
        *,
        stage: str,
        stage_variables: Mapping[str, str],
        api_id: str,
        account_id: str,
        region: str,
        clock: Clock,
        ids: Ids,
        authorizers: Mapping[str, Authorize],
        authorize: bool | Authorize,
        api_keys: Mapping[str, str] | None,
        policy: Policy | None,
        extras: bool,
    ):
        if not isinstance(api, RestApi):
            raise InputError(f"a gateway serves REST APIs, not {type(api).__name__}")
        self.api = api
        self.stage = stage
        self.stage_variables = MappingProxyType({str(name): str(value) for name, value in stage_variables.items()})
        self.api_id = api_id
        self.account_id = account_id
        self.region = region
        self.clock = clock
        self.ids = ids
        self.authorize = authorize
        self.authorizer_calls = dict(authorizers)
        self.api_keys = api_keys
        self.policy = policy
        self.extras = extras
        self.deployment_id = _stable_word(f"{api.name} {api.address}", 6)
        self.domain = f"{api_id}.execute-api.{region}.amazonaws.com"
        self.routes = RouteTable({each.path: [method.http_method for method in each.methods] for each in api.resources})
        self.plans: Mapping[tuple[str, str], MethodPlan] = {
            (resource.path, method.http_method.upper()): MethodPlan(
                api, resource.path, method, lambda: self._models, _stable_word(resource.path, 10 if resource.path == "/" else 6)
            )
            for resource in api.resources
            for method in resource.methods
        }
        self.gateway_responses: Mapping[str, GatewayResponse] = {each.response_type: each for each in api.gateway_responses}
        self.binary_media_types = tuple(api.binary_media_types)
        self.authorizers: Mapping[str, Authorizer] = {each.name: each for each in api.authorizers}

    @cached_property
    def _models(self) -> BodyModels:
        return BodyModels(self.api.models)

    @property
    def trusts_tokens(self) -> bool:
        """Whether some authorizer is a user pool or a JWT, and no function speaks for it."""
        if self.authorize is not True:
            return False
        kinds = (each for each in self.authorizers.values() if each.type.upper() in ("COGNITO_USER_POOLS", "JWT"))
        return any(each.name not in self.authorizer_calls for each in kinds)

    @cached_property
    def header_names(self) -> Mapping[str, str]:
        """How the API spells the headers of its callers, by their names in lower case: the first spelling of each.

        Mappings tell names apart by the case of their letters, so that servers which do not keep it have to ask.
        """
        found: dict[str, str] = {}
        for text in self._expressions():
            match = _HEADER.fullmatch(str(text))
            if match:
                found.setdefault(match[1].lower(), match[1])
        return MappingProxyType(found)

    def _expressions(self) -> Iterator[str]:
        for plan in self.plans.values():
            yield from plan.method.request_parameters
            yield from plan.integration.request_parameters.values()
        for each in self.api.gateway_responses:
            yield from each.response_parameters.values()

    def problems(self) -> list[VtlError]:
        """Compile all that is else compiled on its first use; gives the errors of what cannot be."""
        return [problem for plan in self.plans.values() for problem in plan.compile()]


def _stable_word(text: str, length: int) -> str:
    """Letters and digits as AWS's ids have them, always the same for the same text."""
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:16], "big")
    letters = []
    for _ in range(length):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(letters)
