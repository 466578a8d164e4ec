"""A driver for Velocity 1.7: thousands of requests through one Java process, as Debian's `velocity` package provides it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).parent / "java" / "Oracle.java"
JARS = (
    "velocity",
    "json-path",
    "json-smart",
    "accessors-smart",
    "asm",
    "commons-lang",
    "commons-collections3",
    "slf4j-api",
    "slf4j-nop",
)


class OracleMissingError(Exception):
    """Something that the oracle needs is missing; the message says what."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the oracle said: `phase` is "" for a render, else where it failed ("parse", "init", "render", "oracle")."""

    ok: bool
    output: str = ""
    overrides: object = None
    phase: str = ""
    error: str = ""
    methods: Sequence[Sequence[object]] = field(default=(), repr=False)

    @property
    def usable(self) -> bool:
        """False when the oracle itself gave up (time, memory, output size): such a case says nothing."""
        return self.phase not in ("oracle", "request")


def missing() -> str:
    """Why the oracle cannot run here, or ""."""
    if not shutil.which("java"):
        return "no java on the PATH"
    if not shutil.which("javac") and not (_build_folder() / "Oracle.class").exists():
        return "no javac on the PATH"
    absent = [jar for jar in JARS if not (_jar_folder() / f"{jar}.jar").exists()]
    if absent:
        return f"{_jar_folder()} has no {', '.join(f'{jar}.jar' for jar in absent)} (Debian packages velocity, libjsonpath-java)"
    return ""


def _jar_folder() -> Path:
    return Path(os.environ.get("VTL_ORACLE_JARS", "/usr/share/java"))


def _build_folder() -> Path:
    digest = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"vtl-oracle-{os.getuid()}-{digest}"


def _class_path() -> str:
    return os.pathsep.join(str(_jar_folder() / f"{jar}.jar") for jar in JARS)


def _compiled() -> Path:
    """The folder with the compiled oracle; compiles it when its source has changed."""
    folder = _build_folder()
    if not (folder / "Oracle.class").exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as fresh:
            command = ["javac", "-encoding", "UTF-8", "-nowarn", "-cp", _class_path(), "-d", fresh, str(SOURCE)]
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            if result.returncode:
                raise OracleMissingError(f"javac failed: {result.stderr.strip()[:500]}")
            classes = sorted(Path(fresh).glob("*.class"), key=lambda path: path.name == "Oracle.class")
            for path in classes:
                path.replace(folder / path.name)
    return folder


class Oracle:
    """One Java process, started at the first question and again if a request made it give up."""

    def __init__(self, *, milliseconds: int = 10_000, heap: str = "512m"):
        reason = missing()
        if reason:
            raise OracleMissingError(reason)
        folder = _compiled()
        path = os.pathsep.join([str(folder), _class_path()])
        options = ["-Dfile.encoding=UTF-8", "-Duser.language=en", "-Duser.timezone=UTC", "-XX:+UseSerialGC"]
        self._command = ["java", *options, "-XX:TieredStopAtLevel=4", f"-Xmx{heap}", "-cp", path, "Oracle", str(milliseconds)]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Oracle:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            assert self._process.stdin
            self._process.stdin.close()
            self._process.wait()
            self._process = None

    def ask(self, requests: Sequence[str]) -> list[Answer]:
        """The answers to requests, each a line of JSON, in their order."""
        answers: list[Answer] = []
        stuck = 0
        while len(answers) < len(requests):
            before = len(answers)
            for line in self._exchange(requests[before:]):
                answers.append(_answer(json.loads(line)))
            stuck = stuck + 1 if len(answers) == before else 0
            if stuck > 2:
                raise OracleMissingError(f"the Java process ends without an answer to {requests[before][:500]}")
        return answers

    def _exchange(self, requests: Sequence[str]) -> Iterator[bytes]:
        """Sends the requests and yields answer lines until all are there or the process has ended."""
        if self._process is None:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        process = self._process
        assert process.stdin and process.stdout
        stdin = process.stdin
        data = "".join(f"{request}\n" for request in requests).encode()

        def send() -> None:
            try:
                stdin.write(data)
                stdin.flush()
            except OSError:
                pass

        sender = threading.Thread(target=send)
        sender.start()
        for _ in requests:
            line = process.stdout.readline()
            if not line.endswith(b"\n"):
                self._process = None
                break
            yield line
        if self._process is None:
            process.wait()
        sender.join()


def _answer(response: dict[str, object]) -> Answer:
    if response["ok"]:
        return Answer(
            True,
            output=str(response.get("output", "")),
            overrides=response.get("overrides"),
            methods=response.get("methods", ()),  # type: ignore[arg-type]
        )
    return Answer(False, phase=str(response["phase"]), error=str(response["error"]))
