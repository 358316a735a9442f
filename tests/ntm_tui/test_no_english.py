"""Everything a person can read is Vietnamese: every screen and dialog is walked and read."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Input, Select

from db import machine, practice
from db.home import Home
from db.problems import StoreBusy
from ntm_tui import compat
from ntm_tui.app import NtmApp
from ntm_tui.dialogs.trouble import TroubleDialog
from tests._helpers.first_run import asked
from tests._helpers.looks import seen
from tests._helpers.modes import LARGE, Begun, begun
from tests._helpers.terminal import wait_until
from tests._helpers.vietnamese import strange_words

compat.install()


def readable(app: App[object]) -> str:
    """All that can be read now: the screen, what the keys are called, tooltips, what was told."""
    parts = [seen(app)]
    for active in app.screen.active_bindings.values():
        parts += [active.binding.description, active.binding.tooltip]
    for widget in app.screen.walk_children(with_self=True):
        parts += [str(getattr(widget, "tooltip", None) or ""), widget.HELP or ""]
        parts.append(str(getattr(widget, "placeholder", "")))
    parts += [f"{note.title} {note.message}" for note in app._notifications]
    return "\n".join(parts)


def assert_vietnamese(app: App[object], place: str) -> None:
    assert strange_words(readable(app)) == set(), place


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice commune, made once."""
    folder = tmp_path_factory.mktemp("practice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_CONFIG", str(folder / "config"))
        patch.setattr(machine, "machine_name", lambda: "Máy Huyện")
        practice.prepare(Home(folder / "home"))
    return folder / "home"


@pytest.fixture
def told(story: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A copy of it for one test, on a machine and in a folder whose names are no English."""
    shutil.copytree(story, home.path)
    person = home.path.with_name("can-bo")
    person.mkdir()
    monkeypatch.setattr(machine, "machine_name", lambda: "Máy Một")
    monkeypatch.setenv("HOME", str(person))
    monkeypatch.setenv("USERPROFILE", str(person))
    yield home


Step = Callable[[Begun], Awaitable[None]]


def keys(*names: str) -> Step:
    async def press(at: Begun) -> None:
        await at.keys.press(*names)
        await at.settled()

    return press


def typed(text: str) -> Step:
    async def type_(at: Begun) -> None:
        await at.keys.type(text)
        await at.settled()

    return type_


TOUR: dict[str, tuple[str, tuple[Step, ...]]] = {
    "week": ("week", (keys("end", "down", "end"),)),
    "palette": ("week", (keys("ctrl+p"), typed("khong co lenh nay"))),
    "help": ("week", (keys("f1"), keys("end"))),
    "leaving and saving": ("week", (keys("ctrl+s"), keys("ctrl+c"), keys("f12"))),
    "nothing to undo": ("week", (keys("ctrl+y"),)),
    "profile": ("week", (keys("ctrl+p"), typed("ho so"), keys("enter"), keys("tab"), keys("f1"))),
    "officers": ("week", (keys("ctrl+p"), typed("doi can"), keys("enter"), keys("f1"))),
    "backups": ("week", (keys("ctrl+p"), typed("sao luu"), keys("enter"), keys("f1"))),
    "checklist": ("checklist", (keys("1", "2", "3", "4", "0"), keys("ctrl+z"))),
    "checklist help": ("checklist", (keys("f1"), keys("pagedown"), keys("end"))),
    "checklist search": ("checklist", (keys("ctrl+f"), typed("khong co gi"))),
    "checklist filter": ("checklist", (keys("ctrl+l"), keys("f1"))),
    "indicator": ("checklist", (keys("down"), keys("enter"), keys("tab"), keys("f1"))),
    "history": ("checklist", (keys("ctrl+r"), keys("f1"))),
    "evidence": ("checklist", (keys("ctrl+t"), keys("f1"))),
    "attaching": ("checklist", (keys("ctrl+g"), keys("f1"))),
    "thresholds": ("thresholds", (keys("space"), keys("delete"), keys("ctrl+l"), keys("ctrl+l"))),
    "bundles": ("sync", (keys("tab"), keys("f1"), keys("escape"))),
    "an encrypted bundle": ("sync", (keys("tab", "down"), keys("f1"), keys("escape"))),
    "bundles coming in": ("sync", (keys("f8"), keys("f1"), keys("escape"))),
    "the log of bundles": ("sync", (keys("f8", "f8"), keys("f1"), keys("escape"))),
    "machines": ("sync", (keys("f8", "f8", "f8"), keys("f1"), keys("escape"))),
    "a task": ("work", (keys("ctrl+n"), keys("f1"), keys("escape", "escape"))),
    "villages": ("villages", (keys("right", "right"), typed("9/1"), keys("enter"), keys("f1"))),
    "by village": ("villages", (keys("ctrl+b"), keys("f1"), keys("escape", "enter"))),
    "list of villages": ("villages", (keys("ctrl+n"), keys("ctrl+n"), keys("f1"))),
    "a briefing": ("work", (keys("3", "ctrl+n"), keys("f1"), keys("escape", "escape"))),
    "every work register": ("work", tuple(keys(digit) for digit in "1234567890")),
    "columns": ("work", (keys("ctrl+p"), typed("chọn cột"), keys("enter"), keys("f1"))),
    "sorting": ("work", (keys("right"), keys("ctrl+p"), typed("sắp xếp"), keys("enter"))),
    "papers of a row": ("work", (keys("ctrl+t"), keys("f1"), keys("escape", "ctrl+g"))),
    "plan": ("reports", (keys("enter"), keys("f1"))),
    "reports": ("reports", (keys("2", "ctrl+n"), keys("escape", "space", "3", "enter"))),
    "dossier": ("reports", (keys("4", "space", "ctrl+z"), keys("enter", "f1"))),
    "progress": ("week", (keys("f10"), keys("f1"))),
    "another set": ("week", (keys("ctrl+p"), typed("xem bo"), keys("enter"), keys("f1"))),
    "a fund line": ("capital", (keys("2", "ctrl+n"), keys("escape", "ctrl+l"))),
    "threshold entry": ("thresholds", (keys("enter"), typed("chưa rõ"), keys("enter"), keys("f1"))),
}


@pytest.mark.parametrize("place", TOUR)
async def test_every_work_area_and_dialog_speaks_vietnamese(told: Home, place: str) -> None:
    mode, steps = TOUR[place]
    async with begun(told, mode, LARGE) as at:
        assert_vietnamese(at.app, place)
        for number, step in enumerate(steps):
            await step(at)
            assert_vietnamese(at.app, f"{place}, step {number}")


@pytest.mark.parametrize("page", ["welcome", "commune-page", "aim", "join-page", "review"])
async def test_the_first_questions_are_vietnamese(home: Home, page: str) -> None:
    async with asked(home) as at:
        at.questions.show_page(page)
        await at.settled()
        assert_vietnamese(at.app, page)
        await at.keys.press("enter", "f1")
        assert_vietnamese(at.app, page)


async def test_trouble_is_told_in_vietnamese(founded: Home) -> None:
    def opener() -> None:
        raise StoreBusy("Kho đang mở ở nơi khác.")

    app = NtmApp(founded, opener=opener)  # type: ignore[arg-type]
    async with app.run_test() as pilot:
        await wait_until(lambda: isinstance(app.screen, TroubleDialog))
        assert_vietnamese(app, "trouble")
        await pilot.press("f1")
        assert_vietnamese(app, "trouble, help")


@pytest.mark.parametrize(
    "text",
    [
        *("Search", "Cancel", "Select", "Submit", "Command palette", "Quit", "Save", "Undo"),
        *("Open", "Copy", "Cut", "Paste", "Close", "Next", "Back", "Delete file", "Not found"),
        *("Type to search", "Screenshot", "Keys", "Theme", "Maximize", "Light", "Error"),
        *("No matches found", "Loading", "Input", "Expand", "Scroll", "Yes", "Help", "Page Up"),
    ],
)
def test_english_words_are_caught(text: str) -> None:
    assert strange_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Xã Cai Kinh · huyện Hữu Lũng",
        "Ctrl+Z Hoàn tác  F1 Trợ giúp  Enter sang ô sau",
        "QĐ 1062/QĐ-UBND ngày 17/6/2024, 1.234,5 kB",
        "In ra, an ninh, to, do ai, so sánh, no ấm, hai con, xanh sang, nam khoa quy theo",
        "Gói NTM_cai-kinh_7F3K_20241123_1.zip trên USB",
        "Công chức ĐC-NN-XD&MT đưa lên Excel, internet và wifi",
    ],
)
def test_vietnamese_with_its_abbreviations_is_not(text: str) -> None:
    assert strange_words(text) == set()


class Stock(App[None]):
    def compose(self) -> Iterator[Input | Select[int]]:
        yield Input(placeholder="Search")
        yield Select([("một", 1)], prompt="Select")


async def test_a_stock_program_would_be_caught() -> None:
    app = Stock()
    async with app.run_test() as pilot:
        assert {"Search", "Select"} <= strange_words(readable(app))
        await pilot.press("ctrl+p")
        assert {"Search", "for"} <= strange_words(readable(app))
