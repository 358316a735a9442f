"""What the guide says is so: commands, keys, names, pictures and links are the program's own."""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from db import registers
from ntm_tui.commands import KEYMAP
from tests._helpers.guide import (
    COMMAND,
    DOCS,
    FOLDER,
    PAGES,
    README,
    SCREEN,
    blocks,
    commands,
    prose,
    tables,
)

ROOT = DOCS.parent
GUIDE = [page for page in PAGES if page != README]
OF_THE_TERMINAL = {"Ctrl+C", "Ctrl+V"}
"""Keys of the terminal or of every text line, which the key map leaves alone."""
STAND_FOR = {
    "GÓI": "{folder}/NTM_cai-kinh.zip",
    "USB": "{folder}",
    "TỆP": "{folder}/NTM_cai-kinh.zip",
    "MÃ-MÁY": "7K3Q-9M2F",
}
"""What stands in the guide for a thing of the reader's."""

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda it: it.name)
every_guide = pytest.mark.parametrize("page", GUIDE, ids=lambda it: it.name)


# -- Commands --------------------------------------------------------------------------------------


def parse(words: list[str]) -> None:
    """Let the program read a command line as far as that goes without doing it."""
    from typer.main import get_command

    from ntm_tui.console.program import app

    command: Any = get_command(app)
    context = None
    words = [it for it in words if it != "--help"]
    while True:
        name = context.command.name if context else "ntm"
        context = command.make_context(name, list(words), parent=context, resilient_parsing=False)
        if not hasattr(command, "commands"):
            return
        rest = [*getattr(context, "_protected_args", []), *context.args]
        if not rest:
            return
        _, command, words = command.resolve_command(context, rest)


def meant(line: str, folder: Path) -> list[str]:
    """The words of a line of the guide, with real things for those that stand for them."""
    (folder / "NTM_cai-kinh.zip").touch()
    found = []
    for word in shlex.split(line.replace("…", ""))[1:]:
        for name, real in STAND_FOR.items():
            word = word.replace(name, real.format(folder=folder))
        found.append(word)
    return found


@every_page
def test_the_program_understands_every_command(page: Path, tmp_path: Path) -> None:
    for line in commands(page):
        try:
            parse(meant(line, tmp_path))
        except Exception as error:
            raise AssertionError(f"{page.name}: {line}: {error}") from error


@pytest.mark.parametrize("line", ["ntm exprot", "ntm export --usb E:", "ntm verify", "ntm keys go"])
def test_a_command_that_does_not_exist_would_be_caught(line: str, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"."):
        parse(meant(line, tmp_path))


@every_guide
def test_blocks_are_of_a_kind_that_somebody_plays_or_reads(page: Path) -> None:
    assert {it.kind for it in blocks(page)} <= {SCREEN, COMMAND}
    for block in blocks(page):
        if block.kind == COMMAND:
            assert all(it.startswith(("ntm", "→ ")) for it in block.lines), block


# -- Keys ------------------------------------------------------------------------------------------


LABELS = {command.key_label() for command in KEYMAP if command.key} | OF_THE_TERMINAL
_KEY = re.compile(r"\bCtrl\+\w+|\bShift\+F\d+\b|(?<![+\w])F\d{1,2}\b")


@every_page
def test_every_key_is_one_of_the_key_map(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert {it for it in _KEY.findall(text) if it not in LABELS} == set()


@every_page
def test_tables_of_keys_call_each_by_its_name(page: Path) -> None:
    named = {(command.key_label(), command.text) for command in KEYMAP}
    for key, name, *_ in tables(page, "Phím", "Lệnh"):
        assert (key, name) in named, f"{page.name}: {key} {name}"


def test_the_key_card_has_every_key() -> None:
    card = {(key, name) for key, name, *_ in tables(FOLDER / "the-phim.md", "Phím", "Lệnh")}
    assert card == {(it.key_label(), it.text) for it in KEYMAP if it.key}


def test_the_key_card_fits_on_one_page() -> None:
    lines = (FOLDER / "the-phim.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 70
    for _key, _name, what, *_ in tables(FOLDER / "the-phim.md", "Phím", "Lệnh"):
        assert len(what) <= 60, what


# -- Names -----------------------------------------------------------------------------------------


@cache
def own_words() -> str:
    """Every text in the program's sources, as one; what explains the code is none."""
    texts = []
    for package in ("ntm_tui", "db"):
        for path in (ROOT / package).rglob("*.py"):
            nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
            docs = {it.value for it in nodes if isinstance(it, ast.Expr)}
            for node in nodes:
                text = node.value if isinstance(node, ast.Constant) else None
                if isinstance(text, str) and node not in docs:
                    texts.append(" ".join(text.split()))
    return "\n".join(texts)


@every_guide
def test_names_in_italics_are_the_programs_own_words(page: Path) -> None:
    names = re.findall(r"(?<![*\w])\*([^*\n][^*]*?)\*(?![*\w])", prose(page))
    assert names or page.name == "the-phim.md"
    for name in (" ".join(it.split()) for it in names):
        assert re.search(rf"(?<!\w){re.escape(name)}(?!\w)", own_words()), f"{page.name}: {name}"


@every_guide
def test_a_register_that_is_opened_by_a_digit_has_that_number(page: Path) -> None:
    groups = {"F5": registers.OF_WORK, "F6": registers.OF_CAPITAL, "F7": registers.OF_REPORTS}
    told = re.findall(r"\*\*(F\d)\*\* rồi \*\*(\d)\*\*,\s+sổ\s+\*([^*]+)\*", prose(page))
    for key, digit, title in told:
        there = {str(at % 10): it.title for at, it in enumerate(groups[key], 1)}
        upper = {"F5": registers.OF_UPPER_WORK, "F7": registers.OF_UPPER_REPORTS}.get(key, ())
        above = {str(at % 10): it.title for at, it in enumerate(upper, 1)}
        shown = above if page.name == "huyen.md" else there
        assert shown.get(digit) == title, (page.name, key, digit)


@every_guide
def test_files_of_the_kit_that_it_names_are_there(page: Path) -> None:
    there = {it.name for it in (ROOT / "kit" / "scripts" / "windows").rglob("*.cmd")}
    assert set(re.findall(r"[\w-]+\.cmd\b", page.read_text(encoding="utf-8"))) <= there


# -- Pictures and links ----------------------------------------------------------------------------


@cache
def drawer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pictures", DOCS / "pictures.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@every_page
def test_every_picture_is_one_that_the_script_draws(page: Path) -> None:
    for target in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", prose(page)):
        path = (page.parent / target).resolve()
        assert path.parent == DOCS / "pictures"
        name, size, theme = path.stem.rsplit("-", 2)
        script = drawer()
        assert name in script.SCREENS, target
        assert (theme, size) in {
            (theme, f"{width}x{height}")
            for theme in script.THEMES
            for width, height in script.SIZES
        }


def anchors(page: Path) -> set[str]:
    """The places of a page that a link can name, as GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", it.lower()).replace(" ", "-") for it in headings}


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", prose(page)):
        if target.startswith("http"):
            continue
        path, _, place = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name}: {target}"
        if place:
            assert place in anchors(there), f"{page.name}: {target}"


def test_the_questions_are_at_least_fifteen_each_with_an_answer() -> None:
    parts = re.split(r"^### ", prose(FOLDER / "hoi-dap.md"), flags=re.M)[1:]
    assert len(parts) >= 15
    for part in parts:
        question, _, answer = part.partition("\n")
        assert question.rstrip().endswith("?"), question
        assert len(answer.split()) > 20, question
