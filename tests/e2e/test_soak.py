"""The soak run for a few seconds: right answers to good and bad requests while the backend fails."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.e2e.commands import ROOT

pytestmark = pytest.mark.slow


def test_mixed_requests_for_a_few_seconds() -> None:
    command = [sys.executable, "-m", "benchmarks.soak", "--minutes", "0.2", "--clients", "4"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ", 0 wrong answers" in done.stdout
