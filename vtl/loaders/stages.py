"""Stages and what is logged about each request, from CloudFormation and Terraform alike."""

from __future__ import annotations

from vtl.loaders.nodes import Node
from vtl.loaders.reading import Fields, Reader, pointer
from vtl.loaders.templates import ACCESS_LOG, RESPONSE, Site, Template
from vtl.model import CacheSettings, Stage, Throttle


def access_log(reader: Reader, fields: Fields, at: str, site: Site) -> str | None:
    """The format of the access log under a stage's settings; it goes into the harvest as a template of its own kind."""
    name = fields.name("accesslogsettings", "accesslogsetting")
    settings = fields.get("accesslogsettings", "accesslogsetting")
    if settings is None:
        return None
    holder = reader.list(settings)[0] if settings.is_list and settings.value else settings
    own = Fields(reader, holder)
    node = own.get("format")
    if node is None or not node.is_scalar:
        return None
    here = at + pointer(name, own.name("format"))
    if not node.text.is_unknown:
        reader.harvest.add(Template(node.text, "", RESPONSE, ACCESS_LOG, here, site))
    return node.text


def read_stage(reader: Reader, fields: Fields, at: str, site: Site) -> Stage | None:
    """The stage that a resource describes; a deployment without a stage's name has none."""
    description = fields.get("stagedescription")
    if description is not None and description.is_map:
        log = access_log(reader, Fields(reader, description), at + "/StageDescription", site)
    else:
        log = access_log(reader, fields, at, site)
    name = fields.string("stagename", "name")
    if not name and log is None:
        return None
    throttles, caches = _method_settings(reader, fields.get("methodsettings"))
    return Stage(
        name=name or "default",
        variables=fields.text_map("variables", "stagevariables"),
        access_log_format=log,
        throttles=throttles,
        caches=caches,
        where=fields.node.anchor,
    )


def _method_settings(reader: Reader, node: Node | None) -> tuple[dict[str, Throttle], dict[str, CacheSettings]]:
    throttles: dict[str, Throttle] = {}
    caches: dict[str, CacheSettings] = {}
    for item in reader.list(node):
        fields = Fields(reader, item)
        path = fields.string("resourcepath").replace("~1", "/") or "/*"
        key = f"{path.strip('/') if path == '/*' else path}/{fields.string('httpmethod') or '*'}"
        rate = fields.number("throttlingratelimit")
        burst = fields.number("throttlingburstlimit")
        if rate is not None or burst is not None:
            throttles[key] = Throttle(float(rate) if rate is not None else None, burst)
        if fields.name("cachingenabled", "cachettlinseconds"):
            caches[key] = CacheSettings(
                fields.flag("cachingenabled"), fields.number("cachettlinseconds"), fields.flag("cachedataencrypted")
            )
    return throttles, caches
