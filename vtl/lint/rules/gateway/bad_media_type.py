"""A template stands under a key that no Content-Type can equal.

The key is compared with the media type of the request, without its parameters, or for responses with the first one that the
client accepts. `$default` takes what no other key takes.

    application/json"                      a quote too many
    application/json; charset=utf-8        parameters are cut off before the comparison
    json                                   application/json
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import IntegrationSite

_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+*-]+")


def check(integration: IntegrationSite) -> Iterator[Problem]:
    """The keys, of the request and of each response."""
    for media_type in integration.request_media_types:
        yield from _problem(media_type)
    for response in integration.responses or ():
        for media_type in response.media_types:
            for problem in _problem(media_type):
                yield Problem(problem.message, hint=problem.hint, place=response.place)


def _problem(media_type: str) -> Iterator[Problem]:
    if media_type == "$default" or _MEDIA_TYPE.fullmatch(media_type) or "${" in media_type:
        return
    bare = media_type.partition(";")[0].strip()
    if ";" in media_type and _MEDIA_TYPE.fullmatch(bare):
        yield Problem(f"the key {media_type!r} matches nothing: parameters are cut off before the comparison", hint=bare)
        return
    yield Problem(f"the key {media_type!r} is no media type: no request has it", hint="application/json, or $default")


RULE = Rule(code="G611", name="bad-media-type", severity=Severity.WARNING, check_integration=check)
