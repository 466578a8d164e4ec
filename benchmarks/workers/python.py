"""One engine on one workload in a fresh Python process; prints one line of JSON.

    python python.py ENGINE FILE SECONDS     ENGINE: ours, airspeed or jinja2; SECONDS 0: render once and stop

FILE holds {"vtl", "jinja", "context"}. Runs in the peers' environment as well, so it imports nothing but the engine.
"""

import json
import pathlib
import re
import sys
import time

_UNSAFE = re.compile(r"[\"'\\/\x00-\x1f]|[^\x00-\x7e]")
_NAMED = {"\b": "\\b", "\n": "\\n", "\t": "\\t", "\f": "\\f", "\r": "\\r", "'": "\\'", '"': '\\"', "\\": "\\\\", "/": "\\/"}


def _escaped(match):
    character = match.group()
    return _NAMED.get(character) or f"\\u{ord(character):04X}"


class Util:
    """`$util` for engines that have none: what commons-lang's escapeJavaScript does, in the fastest way known for short text."""

    def escapeJavaScript(self, text):  # noqa: N802
        text = str(text)
        return _UNSAFE.sub(_escaped, text) if _UNSAFE.search(text) else text


def ours(work):
    """The compiled engine, with positions and limits as they come."""
    import vtl

    given = {}
    if "$util" in work["vtl"]:
        from vtl.variables.util import Util as OurUtil

        given["util"] = OurUtil()

    def compile_():
        return vtl.Template(work["vtl"])

    def render(template, context):
        return template.render({**context, **given})

    return compile_, render


def airspeed(work):
    """airspeed-ext, whose compiling is lazy and is asked for here."""
    import airspeed as engine

    util = Util()

    def compile_():
        template = engine.Template(work["vtl"])
        template.ensure_compiled()
        return template

    def render(template, context):
        return template.merge({**context, "util": util})

    return compile_, render


def jinja2(work):
    """Jinja2 on the equivalent template; autoescape is off, as it is by default."""
    from jinja2 import Environment

    environment = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, cache_size=0)
    util = Util()

    def compile_():
        return environment.from_string(work["jinja"])

    def render(template, context):
        return template.render({**context, "util": util})

    return compile_, render


def measure(action, seconds):
    """Median milliseconds of one call, over batches of at least 2 ms, after a warm-up of a third of the time."""
    end = time.perf_counter() + seconds / 3
    calls, start = 0, time.perf_counter()
    while time.perf_counter() < end:
        action()
        calls += 1
    batch = max(1, int(0.002 / ((time.perf_counter() - start) / max(calls, 1))))
    samples = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(samples) < 3:
        start = time.perf_counter()
        for _ in range(batch):
            action()
        samples.append((time.perf_counter() - start) / batch * 1000)
    return sorted(samples)[len(samples) // 2]


def main():
    """Reads the arguments, runs, prints."""
    engine, file, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    work = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
    compile_, render = {"ours": ours, "airspeed": airspeed, "jinja2": jinja2}[engine](work)
    context = work["context"]
    template = compile_()
    result = {"output": render(template, context)}
    if seconds:
        result["render"] = measure(lambda: render(template, context), seconds)
        result["compile"] = measure(compile_, seconds / 2)
    sys.stdout.write(json.dumps(result) + "\n")


main()
