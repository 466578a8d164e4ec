"""One mapping, offline: a template with the variables of API Gateway, parameters, URIs. This is what other gateways embed."""

from __future__ import annotations

from vtl.mapping.template import MappingResult, MappingTemplate

TYPE_CHECKING = False

if TYPE_CHECKING:
    from vtl.mapping.failures import GatewayFailure
    from vtl.mapping.parameters import map_parameters
    from vtl.mapping.uris import resolve_uri
else:

    def __getattr__(name: str) -> object:
        """Import what is asked for on first use: a template alone needs none of it."""
        from importlib import import_module

        homes = {"GatewayFailure": "failures", "map_parameters": "parameters", "resolve_uri": "uris"}
        if name not in homes:
            raise AttributeError(f"module 'vtl.mapping' has no attribute {name!r}")
        return getattr(import_module(f"vtl.mapping.{homes[name]}"), name)


__all__ = ["GatewayFailure", "MappingResult", "MappingTemplate", "map_parameters", "resolve_uri"]
