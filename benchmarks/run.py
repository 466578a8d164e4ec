"""Runs the workloads on every engine that is installed, in interleaved rounds of fresh processes, and prints the tables."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.workloads import Workload, workloads

HERE = Path(__file__).resolve().parent
PEERS = HERE / ".peers"
WORKERS = HERE / "workers"
JARS = Path("/usr/share/java")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Compiled modules are kept, as they are for every installed package."""
OURS, VELOCITY = "vtl-toolkit", "Velocity 1.7"


@dataclass
class Engine:
    """One engine: its name and how its process is started."""

    name: str
    command: list[str]
    needs: Path

    @property
    def installed(self) -> bool:
        """Whether `benchmarks/setup.sh` has brought it (ours always is there)."""
        return self.needs.exists()


@dataclass
class Measured:
    """What one engine did on one workload: medians in milliseconds, one for each round, and its output."""

    output: str = ""
    render: list[float] = field(default_factory=list)
    compile: list[float] = field(default_factory=list)


def engines() -> list[Engine]:
    """Ours and the peers, the reference first."""
    python, worker = PEERS / "python/bin/python", str(WORKERS / "python.py")
    classpath = f"{PEERS / 'java'}:{JARS / 'velocity.jar'}:{JARS / 'commons-lang.jar'}:{JARS / 'commons-collections3.jar'}"
    java = ["java", "-XX:+UseSerialGC", "-cp", classpath, "VelocityBench"]
    return [
        Engine(VELOCITY, java, PEERS / "java/VelocityBench.class"),
        Engine(OURS, [sys.executable, worker, "ours"], HERE.parent / "vtl"),
        Engine("airspeed-ext", [str(python), worker, "airspeed"], python),
        Engine("Jinja2", [str(python), worker, "jinja2"], python),
        Engine(
            "velocityjs", ["node", str(WORKERS / "velocityjs.js"), str(PEERS / "node/node_modules")], PEERS / "node/node_modules"
        ),
    ]


def run(engine: Engine, file: Path, seconds: float) -> dict[str, object]:
    """One process on one workload; its answer, or {"error": text}."""
    command = [*engine.command, str(file), str(seconds)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=600,
        cwd=HERE.parent,
        env=ENVIRONMENT,
    )
    if done.returncode:
        return {"error": (done.stderr.strip() or "no message").splitlines()[-1]}
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


Results = dict[tuple[str, str], Measured]


def measure(works: list[Workload], chosen: list[Engine], files: dict[str, Path], rounds: int, seconds: float) -> Results:
    """All rounds: in each, every workload on every engine, one after the other."""
    results: Results = defaultdict(Measured)
    failed: set[tuple[str, str]] = set()
    for number in range(rounds):
        for work in works:
            for engine in chosen:
                key = (work.name, engine.name)
                if key in failed:
                    continue
                _progress(f"round {number + 1}/{rounds} {work.name} {engine.name}")
                answer = run(engine, files[work.name], seconds)
                if "error" in answer:
                    failed.add(key)
                    print(f"\n{engine.name} on {work.name}: {answer['error']}", file=sys.stderr)
                    continue
                results[key].output = str(answer["output"])
                results[key].render.append(float(str(answer["render"])))
                results[key].compile.append(float(str(answer["compile"])))
    _progress("")
    return results


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{text:40}", end="\r" if not text else "", file=sys.stderr, flush=True)


def agreement(output: str, reference: str) -> str:
    """How an output compares with Velocity's: "equal", "whitespace" (only that differs) or "DIFFERS"."""
    if output == reference:
        return "equal"
    return "whitespace" if "".join(output.split()) == "".join(reference.split()) else "DIFFERS"


def milliseconds(value: float) -> str:
    """Three significant digits, without an exponent."""
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def table(title: str, header: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [f"### {title}", "", "| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def time_table(title: str, what: str, works: list[Workload], chosen: list[Engine], results: Results) -> str:
    """Absolute medians, and our time divided by each peer's."""
    rows = []
    for engine in chosen:
        row = [engine.name]
        for work in works:
            times, ours = getattr(results[work.name, engine.name], what), getattr(results[work.name, OURS], what)
            if not times:
                row.append("-")
                continue
            median = statistics.median(times)
            beside = f" ({statistics.median(ours) / median:.2f})" if ours and engine.name != OURS else ""
            row.append(milliseconds(median) + beside)
        rows.append(row)
    return table(title, ["ms (ours / peer)", *(work.name for work in works)], rows)


def agreement_table(works: list[Workload], chosen: list[Engine], results: Results) -> str:
    """How each engine's output compares with the reference's."""
    rows = []
    for engine in chosen:
        row = [engine.name]
        for work in works:
            reference, own = results[work.name, VELOCITY], results[work.name, engine.name]
            row.append(agreement(own.output, reference.output) if own.render and reference.render else "-")
        rows.append(row)
    return table("Output beside Velocity 1.7's", ["", *(work.name for work in works)], rows)


def cold(chosen: list[Engine], file: Path, rounds: int) -> str:
    """Whole processes that render W2 once: medians, and as multiples of a Python process that does nothing."""
    work = json.loads(file.read_text(encoding="utf-8"))
    template, given = file.parent / "cold.vtl", work["context"]
    template.write_text(work["vtl"], encoding="utf-8")
    script = Path(sys.executable).with_name("vtl")
    render = [str(script)] if script.exists() else [sys.executable, "-m", "vtl"]
    render += ["render", str(template), "--body", given["body"]]
    for name in ("body", "params"):
        render += ["--var", f"{name}={json.dumps(given[name])}"]
    for name, value in given["stageVariables"].items():
        render += ["-s", f"{name}={value}"]
    commands = {"python -c pass": [sys.executable, "-c", "pass"], "vtl render": render}
    for engine in chosen:
        if engine.name != OURS:
            commands[engine.name] = [*engine.command, str(file), "0"]
    times: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, cwd=HERE.parent, env=ENVIRONMENT)
            if done.returncode == 0 and number:
                times[name].append((time.perf_counter() - start) * 1000)
    nothing = statistics.median(times["python -c pass"])
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    rows = [[name, f"{median:.1f}", f"{median / nothing:.1f}"] for name, median in medians.items()]
    return table("A whole process that renders W2 once", ["", "ms", "x python -c pass"], rows)


def main(arguments: list[str] | None = None) -> int:
    """The command line; see README.md beside this file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default 3)")
    parser.add_argument("--seconds", type=float, default=1.0, help="time for each measurement (default 1)")
    parser.add_argument("--only", action="append", metavar="W3", help="only these workloads")
    parser.add_argument("--engine", action="append", help="only these engines")
    parser.add_argument("--cold", type=int, default=15, metavar="N", help="runs of whole processes (default 15; 0: none)")
    options = parser.parse_args(arguments)
    works = [work for work in workloads() if not options.only or work.name in options.only]
    wanted = [engine for engine in engines() if not options.engine or engine.name in options.engine]
    chosen = [engine for engine in wanted if engine.installed]
    for engine in wanted:
        if engine not in chosen:
            print(f"{engine.name} is not installed: sh benchmarks/setup.sh", file=sys.stderr)
    with tempfile.TemporaryDirectory() as temporary:
        files = {work.name: Path(temporary) / f"{work.name}.json" for work in workloads()}
        for work in workloads():
            files[work.name].write_text(json.dumps(asdict(work)), encoding="utf-8")
        results = measure(works, chosen, files, options.rounds, options.seconds)
        print(table("Workloads", ["", "", "output"], [[w.name, w.about, f"{_size(w, results):,} B"] for w in works]))
        print(time_table("Rendering, warm", "render", works, chosen, results))
        print(time_table("Parsing and compiling, warm", "compile", works, chosen, results))
        print(agreement_table(works, chosen, results))
        if options.cold:
            print(cold(chosen, files["W2"], options.cold))
    return 0


def _size(work: Workload, results: Results) -> int:
    return max((len(measured.output) for (name, _), measured in results.items() if name == work.name), default=0)
