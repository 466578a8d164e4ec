"""The thin gateway: a request walks through an API, step by step."""

from __future__ import annotations

from vtl.gateway.gateway import Gateway
from vtl.gateway.routing import Route, match_route
from vtl.gateway.watch import Watch

__all__ = ["Gateway", "Route", "Watch", "match_route"]
