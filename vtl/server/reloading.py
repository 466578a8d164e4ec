"""Reading the APIs again when their files change: the last good version goes on serving while a newer one is broken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from vtl.diagnostics import Diagnostic
from vtl.errors import VtlError
from vtl.server.apis import Found, Source, find_apis
from vtl.server.application import Application
from vtl.server.watching import changed, snapshot

Say = Callable[[str], None]
Complain = Callable[[Diagnostic], None]


class Reloader:
    """Watches the files of a server's APIs."""

    def __init__(self, application: Application, source: Source, found: Found, *, say: Say, complain: Complain):
        self.application = application
        self.source = source
        self.say = say
        self.complain = complain
        self._seen = snapshot(found.files)

    async def watch(self, seconds: float = 0.5) -> None:
        """Look every so many seconds, until it is cancelled. Files are read in a thread, so that requests go on."""
        while True:
            await asyncio.sleep(seconds)
            await asyncio.to_thread(self.look)

    def look(self) -> None:
        """Read everything again when a file has changed."""
        names = changed(self._seen)
        if not names:
            return
        self._seen = snapshot(self._seen)
        try:
            found = find_apis(self.source)
        except VtlError as error:
            self._keep([error.diagnostic])
            return
        self._seen = snapshot([*self._seen, *found.files])
        if found.problems:
            self._keep(found.problems)
            return
        for each in found.remarks:
            self.complain(each)
        self.application.mounts = found.mounts
        self.application.problems = ()
        self.say(f"reloaded: {', '.join(sorted(names))}")

    def _keep(self, problems: Sequence[Diagnostic]) -> None:
        for each in problems:
            self.complain(each)
        self.application.problems = [each.headline() for each in problems]
        self.say("the version before goes on serving")
