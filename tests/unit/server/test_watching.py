"""Changes of files are seen: written, removed, made."""

from __future__ import annotations

import os
from pathlib import Path

from vtl.server.watching import changed, snapshot


def test_what_changes_is_seen(tmp_path: Path) -> None:
    kept, written, gone, made = (tmp_path / name for name in ("kept", "written", "gone", "made"))
    for path in (kept, written, gone):
        path.write_text("a")
    before = snapshot(map(str, (kept, written, gone, made)))
    assert changed(before) == []
    written.write_text("b")
    os.utime(written, ns=(1, 1))
    gone.unlink()
    made.write_text("c")
    assert changed(before) == [str(written), str(gone), str(made)]
