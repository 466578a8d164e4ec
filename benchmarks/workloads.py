"""The five kinds of work: each a template in VTL, the same one for Jinja, and generated data (always the same data)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

_FIRST = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet", "jetty"]
WORDS = [*_FIRST, "knoll", "larch", "maple", "north", "ocean", "prism", "quartz", "ridge", "slate", "tidal"]


@dataclass(frozen=True)
class Workload:
    """One kind of work: its name, what it is like, and a context that is plain JSON."""

    name: str
    about: str
    vtl: str
    jinja: str
    context: dict[str, object]


def _sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words))


def small() -> Workload:
    """W1: what most mapping templates are, a handful of references in a little JSON."""
    vtl = """{
  "order": "$order.id", "customer": "$order.customer.name",
  "city": "$order.customer.city", "total": $order.total,
  "note": "$!order.note", "source": "${channel}"
}
"""
    jinja = """{
  "order": "{{ order.id }}", "customer": "{{ order.customer.name }}",
  "city": "{{ order.customer.city }}", "total": {{ order.total }},
  "note": "{{ order.note }}", "source": "{{ channel }}"
}
"""
    order = {"id": "A-1009", "customer": {"name": "Mira Holt", "city": "Bergen"}, "total": 118, "note": "leave at the door"}
    return Workload("W1", "5 lines, 6 references", vtl, jinja, {"order": order, "channel": "web"})


def _event(identity: list[str]) -> dict[str, object]:
    """The request that W2 copies."""
    return {
        "body": '{"sku":"q-77","amount":3}',
        "params": {
            "path": {"tenant": "acme", "item": "q-77"},
            "querystring": {"sort": "price", "filter": 'colour="sea green"', "page": "2"},
            "header": {
                "Accept": "application/json, text/plain;q=0.8",
                "Content-Type": "application/json",
                "Host": "shop.example.com",
                "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0",
                "X-Forwarded-For": "203.0.113.9, 198.51.100.4",
                "X-Note": 'it\'s "fine" / C:\\temp',
                "X-Trace": "Root=1-67891233-abcdef012345678912345678",
            },
        },
        "context": {
            "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
            "apiId": "k7shop42xz",
            "resourcePath": "/{tenant}/items/{item}",
            "httpMethod": "POST",
            "stage": "live",
            "accountId": "123456789012",
            "protocol": "HTTP/1.1",
            "path": "/live/acme/items/q-77",
            "identity": {name: f"{name}-value" for name in identity},
        },
        "stageVariables": {"table": "orders-live", "region": "eu-north-1", "mode": "it's on"},
    }


def passthrough() -> Workload:
    """W2: forty lines that copy parameters and headers, escaped, into an event."""
    members = ["requestId", "apiId", "resourcePath", "httpMethod", "stage", "accountId", "protocol", "path"]
    identity = ["sourceIp", "userAgent", "caller", "user", "cognitoIdentityId", "apiKey"]
    vtl, jinja = ['{\n  "body": $body,\n'], ['{\n  "body": {{ body }},\n']
    for group in ("path", "querystring", "header"):
        vtl += [
            f'  "{group}": {{\n#foreach($name in $params.{group}.keySet())\n',
            f'    "$name": "$util.escapeJavaScript($params.{group}.get($name))"#if($foreach.hasNext),#end\n\n',
            "#end\n  },\n",
        ]
        jinja += [
            f'  "{group}": {{\n{{% for name in params.{group}.keys() %}}\n',
            f'    "{{{{ name }}}}": "{{{{ util.escapeJavaScript(params.{group}.get(name)) }}}}"',
            "{% if not loop.last %},{% endif %}\n\n",
            "{% endfor %}\n  },\n",
        ]
    for name in members:
        vtl.append(f'  "{name}": "$util.escapeJavaScript($context.{name})",\n')
        jinja.append(f'  "{name}": "{{{{ util.escapeJavaScript(context.{name}) }}}}",\n')
    for name in identity:
        vtl.append(f'  "identity.{name}": "$context.identity.{name}",\n')
        jinja.append(f'  "identity.{name}": "{{{{ context.identity.{name} }}}}",\n')
    for name in ("table", "region", "mode"):
        vtl.append(f'  "stage.{name}": "$util.escapeJavaScript($stageVariables.{name})",\n')
        jinja.append(f'  "stage.{name}": "{{{{ util.escapeJavaScript(stageVariables.{name}) }}}}",\n')
    vtl.append('  "kind": "event"\n}\n')
    jinja.append('  "kind": "event"\n}\n')
    return Workload("W2", "40-line pass-through, escapeJavaScript", "".join(vtl), "".join(jinja), _event(identity))


def transform() -> Workload:
    """W3: a thousand items, each with arithmetic, two conditions, a method or two and nested references."""
    vtl = """#set($shown = 0)
#set($cents = 0)
[
#foreach($item in $items)
#set($line = $item.price * $item.count + $fee)
#set($cents = $cents + $line)
  {"n": $foreach.count, "sku": "$item.sku", "short": "$item.title.substring(0, 5)", "maker": "$item.maker.name",
   "at": "$item.maker.address.city", "line": $line, "tags": $item.tags.size()#if($line > 5000), "big": true#end,
   "state": #if($item.stock == 0)"sold out"#elseif($item.stock < 10)"few"#else"plenty"#end}#if($foreach.hasNext),#end\n
#set($shown = $shown + 1)
#end
]
{"shown": $shown, "cents": $cents}
""".replace("\\n", "\n")
    jinja = """{% set ns = namespace(shown=0, cents=0) %}
[
{% for item in items %}
{% set line = item.price * item.count + fee %}
{% set ns.cents = ns.cents + line %}
  {"n": {{ loop.index }}, "sku": "{{ item.sku }}", "short": "{{ item.title[0:5] }}", "maker": "{{ item.maker.name }}",
   "at": "{{ item.maker.address.city }}", "line": {{ line }}, "tags": {{ item.tags|length }}{{ "" -}}
{% if line > 5000 %}, "big": true{% endif %},
   "state": {% if item.stock == 0 %}"sold out"{% elif item.stock < 10 %}"few"{% else %}"plenty"{% endif %}}{{ "" -}}
{% if not loop.last %},{% endif %}\n
{% set ns.shown = ns.shown + 1 %}
{% endfor %}
]
{"shown": {{ ns.shown }}, "cents": {{ ns.cents }}}
""".replace("\\n", "\n")
    rng = random.Random(3)
    items = [
        {
            "sku": f"s-{number:05d}",
            "title": _sentence(rng, 3),
            "price": rng.randint(50, 2000),
            "count": rng.randint(1, 9),
            "stock": rng.choice([0, 3, 8, 40, 400]),
            "maker": {"name": _sentence(rng, 2), "address": {"city": rng.choice(WORDS), "zip": str(rng.randint(10000, 99999))}},
            "tags": [rng.choice(WORDS) for _ in range(rng.randint(0, 4))],
        }
        for number in range(1000)
    ]
    return Workload("W3", "1,000-item #foreach transform", vtl, jinja, {"items": items, "fee": 250})


def long_text() -> Workload:
    """W4: a third of a megabyte of text with two thousand references in it."""
    rng = random.Random(4)
    groups = {f"g{group}": {f"k{key}": _sentence(rng, 2) for key in range(20)} for group in range(10)}
    vtl, jinja = [], []
    for _ in range(1000):
        text = _sentence(rng, 42)
        group, key, other = rng.randrange(10), rng.randrange(20), rng.randrange(20)
        vtl.append(f"{text} $data.g{group}.k{key}, {text[:40]} ${{data.g{group}.k{other}}}.\n")
        jinja.append(f"{text} {{{{ data.g{group}.k{key} }}}}, {text[:40]} {{{{ data.g{group}.k{other} }}}}.\n")
    return Workload("W4", "~330 KB of text, 2,000 references", "".join(vtl), "".join(jinja), {"data": groups})


def macros() -> Workload:
    """W5: three macros: pairs that call another macro twice, and one that calls itself down a tree of 341 nodes."""
    vtl = """#macro(quoted $text)"$text"#end
#macro(pair $key $value)#quoted($key): #quoted($value)#end
#macro(tree $node)($node.name#foreach($child in $node.children)#tree($child)#end)#end
{
#foreach($entry in $entries)
  #pair($entry.key $entry.value),
#end
  #pair("last" "one")
}
#tree($root)
"""
    jinja = """{% macro quoted(text) -%}"{{ text }}"{%- endmacro -%}
{% macro pair(key, value) -%}{{ quoted(key) }}: {{ quoted(value) }}{%- endmacro -%}
{% macro tree(node) -%}({{ node.name }}{% for child in node.children %}{{ tree(child) }}{% endfor %}){%- endmacro -%}
{
{% for entry in entries %}
  {{ pair(entry.key, entry.value) }},
{% endfor %}
  {{ pair("last", "one") -}}
}
{{ tree(root) -}}
"""
    rng = random.Random(5)

    def node(depth: int) -> dict[str, object]:
        return {"name": rng.choice(WORDS), "children": [node(depth - 1) for _ in range(4)] if depth else []}

    entries = [{"key": f"key{number}", "value": _sentence(rng, 2)} for number in range(299)]
    return Workload("W5", "3 macros: 300 pairs x 2, a 341-node tree", vtl, jinja, {"entries": entries, "root": node(4)})


MAKERS: tuple[Callable[[], Workload], ...] = (small, passthrough, transform, long_text, macros)


def workloads() -> list[Workload]:
    """All five, W1 to W5."""
    return [make() for make in MAKERS]
