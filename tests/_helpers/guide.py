"""Reads the guide of docs/huong-dan: what it tells people to press, to type and to expect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "huong-dan"
README = DOCS.parent / "README.md"
PAGES = (*sorted(FOLDER.glob("*.md")), README)

SCREEN, COMMAND = "trên màn hình", "lệnh"
_BLOCK = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<lines>.*?)^```$", re.M | re.S)
_SEEN, _TYPED = "→ ", "gõ "


@dataclass(frozen=True)
class Deed:
    """What a person presses or types, or must see."""

    keys: tuple[str, ...] = ()
    typed: str = ""
    seen: str = ""


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind and its lines."""

    kind: str
    lines: tuple[str, ...]

    def deeds(self) -> Iterator[Deed]:
        """What is done at the screen, line by line."""
        for line in self.lines:
            if line.startswith(_SEEN):
                yield Deed(seen=line.removeprefix(_SEEN))
            elif line.startswith(_TYPED):
                yield Deed(typed=line.removeprefix(_TYPED))
            else:
                yield Deed(keys=tuple(line.split()))


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(it["kind"], tuple(line for line in it["lines"].splitlines() if line.strip()))
        for it in _BLOCK.finditer(text)
    ]


def prose(page: Path) -> str:
    """A page without its blocks."""
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))


def commands(page: Path) -> list[str]:
    """Every `ntm …` of a page, in blocks and in the text; remarks behind # are no part of it."""
    lines = [line for block in blocks(page) for line in block.lines]
    lines += re.findall(r"`([^`\n]+)`", prose(page))
    bare = [re.sub(r"\s+#.*", "", line).strip() for line in lines]
    bare = [re.sub(r"^\S*[\\/](ntm|NTM\.cmd)\b", "ntm", line) for line in bare]
    return [it.replace("NTM.cmd ", "ntm ") for it in bare if re.match(r"(ntm|NTM\.cmd)( |$)", it)]


def tables(page: Path, *heading: str) -> Iterator[list[str]]:
    """The rows of the tables that begin with these columns."""
    wanted = False
    for line in prose(page).splitlines():
        cells = [it.strip().strip("*`") for it in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            wanted = False
        elif tuple(cells[: len(heading)]) == heading:
            wanted = True
        elif wanted and not set(line) <= set("|-: "):
            yield cells
