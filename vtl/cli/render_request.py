"""`RenderRequest`: what a template is rendered for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Body = str | bytes


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One request, in the words of `MappingTemplate.apply`; what a file did not say is empty or None.

    `body` is what the client sent and `answer` what the backend answered; a request template sees the first, a response template
    the second. `context` and `stage_variables` hold only what is known: the rest of $context is made up later.
    """

    body: Body | None = None
    answer: Body | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, object] = field(default_factory=dict)
    stage_variables: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
