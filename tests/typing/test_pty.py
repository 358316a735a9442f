from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests._helpers.terminal import BACKSPACES, SENTENCE, SENTENCE_STEPS, stream

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty module")

ROOT = Path(__file__).parents[2]
READY, DONE = "SẴN SÀNG", "\x11"

PROGRAM = f"""
import sys
from pathlib import Path
from textual.app import App
from textual.widgets import Input
from ntm_tui import compat

compat.install()

class Line(App):
    def compose(self):
        yield Input()

    def on_ready(self):
        self.query_one(Input).placeholder = "{READY}"

    async def action_quit(self):
        self.exit(self.query_one(Input).value)

Path(sys.argv[1]).write_text(Line().run() or "", encoding="utf-8")
"""


@pytest.mark.parametrize("backspace", BACKSPACES)
def test_a_real_terminal_hands_over_the_sentence(tmp_path: Path, backspace: bytes) -> None:
    import pty

    answer = tmp_path / "answer.txt"
    outer, inner = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(answer)],
        cwd=ROOT,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"},
    ) as child:
        os.close(inner)
        wait_for(outer, READY)
        os.write(outer, stream(SENTENCE_STEPS, backspace))
        wait_for(outer, SENTENCE)
        os.write(outer, DONE.encode())
        drain(outer)
    os.close(outer)
    assert child.returncode == 0
    assert answer.read_text(encoding="utf-8") == SENTENCE


def wait_for(terminal: int, text: str, seconds: float = 30) -> None:
    """Read what the program paints until the text is there."""
    seen = b""
    end = time.monotonic() + seconds
    while text.encode() not in seen:
        assert time.monotonic() < end, f"{text!r} never came, only {seen[-2000:]!r}"
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 65536)


def drain(terminal: int) -> None:
    """Read to the end, so that the program can write its last sequences and leave."""
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:  # Linux says so when the other side has gone
        pass
