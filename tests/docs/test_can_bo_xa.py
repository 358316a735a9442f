"""The commune officer's page is walked word by word, from the first question to the year's end."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.home import Home
from ntm_tui.app import NtmApp
from ntm_tui.dialogs import opening
from ntm_tui.screens.first_run import FirstRunScreen
from tests._helpers.cli import call_cli
from tests._helpers.guide import COMMAND, FOLDER, SCREEN, Block, blocks
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.modes import SMALL, Begun

PAGE = FOLDER / "can-bo-xa.md"
PATIENCE = 60
"""Seconds until something must be seen; a paper takes a while on a busy machine."""
KEYS = {"esc": "escape", "cách": "space"}


async def sees(at: Begun, words: str) -> None:
    try:
        await wait_until(lambda: words in seen(at.app), PATIENCE)
    except AssertionError as error:
        raise AssertionError(f"{words} is not on the screen:\n{seen(at.app)}") from error


class Officer:
    """Somebody with a page in the hand and nothing on the machine."""

    def __init__(self, home: Home, paper: Path) -> None:
        self.home = home
        self.paper = paper
        self.pressed = 0

    async def sits_down(self, left: Iterator[Block]) -> None:
        """Open the program and do what the blocks say, until it is left."""
        app = NtmApp(self.home)
        async with app.run_test(size=SMALL) as pilot:
            await wait_until(lambda: isinstance(app.screen, FirstRunScreen) or app.desk is not None)
            at = Begun(app, pilot)
            await at.settled()
            for block in left:
                if block.kind == COMMAND:
                    raise AssertionError("a command is given while the program is open")
                if await self._does(at, block):
                    return

    async def _does(self, at: Begun, block: Block) -> bool:
        """Do one block; tells whether the program was left."""
        for deed in block.deeds():
            if deed.seen:
                await sees(at, deed.seen)
            if deed.typed:
                await at.keys.type(deed.typed.replace("TỆP", str(self.paper)))
                await at.settled()
            for key in deed.keys:
                self.pressed += 1
                if key == "Ctrl+Q":
                    return True
                await at.keys.press(KEYS.get(key.lower(), key.lower()))
                await at.settled()
        return False


async def test_the_page_leads_from_nothing_to_a_verified_bundle_and_through_the_year(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(opening, "open_file", opened.append)
    monkeypatch.setenv("NTM_PAPERS", str(tmp_path / "papers"))
    paper = tmp_path / "bien-ban.pdf"
    paper.write_bytes(b"%PDF-1.4 bien ban")
    officer = Officer(home, paper)
    left = iter([it for it in blocks(PAGE) if it.kind in (SCREEN, COMMAND)])
    sittings = 0
    for block in left:
        if block.kind == SCREEN:
            sittings += 1
            await officer.sits_down(_first(block, left))
        else:
            gives(block, home)
    assert sittings == 2
    assert officer.pressed > 60
    assert [it.suffix for it in opened] == [".docx"]


def _first(block: Block, rest: Iterator[Block]) -> Iterator[Block]:
    yield block
    yield from rest


def gives(block: Block, home: Home) -> None:
    """Give the commands of a block; GÓI is the newest bundle."""
    said = ""
    for line in block.lines:
        if line.startswith("→ "):
            assert line.removeprefix("→ ") in said, said
            continue
        bundle = max(home.outgoing.glob("NTM_*.zip"), key=lambda it: it.stat().st_mtime_ns)
        ran = call_cli(*(str(bundle) if it == "GÓI" else it for it in shlex.split(line)[1:]))
        assert ran.code == 0, (line, ran.err)
        said = ran.out
