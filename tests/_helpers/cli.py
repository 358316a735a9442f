"""Running `ntm` as a person or a script does: in its own process, or quickly in this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import typer.testing
from typer.main import get_command
from typer.testing import CliRunner

typer.testing._get_command = cache(get_command)  # putting them together takes longer than most runs


@dataclass(frozen=True)
class Ran:
    """What came of one run of `ntm`."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON object that it must be."""
        return json.loads(self.out)


def run_cli(*args: object, env: Mapping[str, str] | None = None, stdin: str = "") -> Ran:
    """Run `ntm` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "ntm_tui", *map(str, args)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def call_cli(*args: object, stdin: str = "") -> Ran:
    """Run `ntm` inside this process, where what it meets can be replaced by the test."""
    from ntm_tui.console.program import app

    done = CliRunner().invoke(app, [*map(str, args)], input=stdin, catch_exceptions=False)
    return Ran(done.exit_code, done.stdout, done.stderr)
