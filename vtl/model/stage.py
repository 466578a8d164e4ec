"""A named deployment and its settings: `Stage`.

See: https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vtl.model.place import Where


@dataclass(frozen=True, slots=True)
class Throttle:
    """Requests per second, and how many may come at once."""

    rate_limit: float | None = None
    burst_limit: int | None = None


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """The response cache of a stage or of one of its methods."""

    enabled: bool = False
    ttl_in_seconds: int | None = None
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of an API; throttles and cache settings are per method key, such as `*/*` or `/pets/GET`."""

    name: str
    variables: Mapping[str, str] = field(default_factory=dict)
    access_log_format: str | None = None
    throttles: Mapping[str, Throttle] = field(default_factory=dict)
    caches: Mapping[str, CacheSettings] = field(default_factory=dict)
    where: Where | None = field(default=None, compare=False)
