"""One mapping, offline: a template with the variables of API Gateway. This is what other gateways embed."""

from __future__ import annotations

from vtl.mapping.template import MappingResult, MappingTemplate

__all__ = ["MappingResult", "MappingTemplate"]
