"""Draws a picture of every screen of the practice commune into docs/pictures.

Needs Chromium to turn the drawings into PNG files, and makes them smaller where there is pngquant:

    python docs/pictures.py [name …]
"""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from db.home import Home
from ntm_tui import compat

HERE = Path(__file__).parent / "pictures"
SIZES = ((80, 24), (120, 40))
THEMES = ("sang", "toi")
HIGH_CONTRAST = "tuong-phan"
"""Drawn in the small size only."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


async def _keys(pilot: Any, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause(0.2)


def _pressing(*keys: str) -> Callable[[Any], Awaitable[None]]:
    return lambda pilot: _keys(pilot, *keys)


def _asking(*keys: str) -> Callable[[Any], Awaitable[None]]:
    """A person at the first-run questions; words are typed, keys are pressed."""

    async def answer(pilot: Any) -> None:
        for key in keys:
            await (pilot.press(*key) if key[0].isupper() else pilot.press(key))
            await pilot.pause(0.2)

    return answer


def _commanding(command: str, *keys: str) -> Callable[[Any], Awaitable[None]]:
    """A person who gives a command of the palette, then presses keys."""

    async def give(pilot: Any) -> None:
        await pilot.app.run_action(command)
        await pilot.pause(0.3)
        await _keys(pilot, *keys)

    return give


def _pressing_then(command: str, *keys: str) -> Callable[[Any], Awaitable[None]]:
    """A person who presses keys, then gives a command of the palette to what is in front."""

    async def give(pilot: Any) -> None:
        await _keys(pilot, *keys)
        await pilot.app.run_action(command, pilot.app.screen)
        await pilot.pause(0.3)

    return give


def _in_a_lesson(*keys: str) -> Callable[[Any], Awaitable[None]]:
    """A person who begins the first lesson."""

    async def learn(pilot: Any) -> None:
        await _keys(pilot, "shift+f1", "home", "enter", *keys)
        await pilot.pause(1)

    return learn


SOUGHT = ("ctrl+f", "1", "7", "full_stop", "8", "enter")
"""The keys that find an indicator with figures, evidence and a history."""

FIRST_RUN: dict[str, Callable[[Any], Awaitable[None]]] = {
    "bat-dau": _asking(),
    "bat-dau-xa": _asking("1", "Yen", "down"),
    "bat-dau-muc-tieu": _asking("1", "Yen Binh", "enter", "Cong chuc", "enter", "enter"),
    "bat-dau-may-thu-hai": _asking("2"),
}
"""The questions of the first run, on a home without a store."""

DISTRICT: dict[str, Callable[[Any], Awaitable[None]]] = {
    "huyen-ma-tran": _pressing("1"),
    "huyen-can-lam": _pressing("2"),
    "huyen-theo-tieu-chi": _pressing("3", *["down"] * 5),
    "huyen-giai-ngan": _pressing("4"),
    "huyen-lich-tham-tra": _pressing("5"),
    "huyen-theo-co-quan": _pressing("6", "down"),
    "huyen-tham-tra": _pressing("1", "enter"),
    "huyen-nhan-xet": _pressing("1", "enter", "enter"),
    "huyen-vuong-mac": _pressing("2", "f5"),
    "huyen-giao-viec": _pressing("f5", "2", "ctrl+b"),
    "huyen-co-quan": _pressing("f4"),
    "huyen-huong-dan": _pressing("f4", "3"),
    "huyen-gui-di": _pressing("f8"),
    "huyen-nhan-ve": _pressing("f8", "f8"),
}
"""The upper level's screens, in the practice district."""

SCREENS: dict[str, Callable[[Any], Awaitable[None]]] = {
    "tuan-nay": _pressing("f2"),
    "tieu-chi": _pressing("f3", *SOUGHT, "escape"),
    "nhap-so-lieu": _pressing("f3", *SOUGHT, "enter"),
    "lich-su": _pressing("f3", *SOUGHT, "ctrl+r"),
    "minh-chung": _pressing("f3", "down", "ctrl+t"),
    "tien-do": _pressing("f2", "f10"),
    "thon": _pressing("f4", "right", "right", *["down"] * 4),
    "ghi-theo-thon": _pressing("f4", "ctrl+b"),
    "danh-sach-thon": _pressing("f5", "0"),
    "cong-viec": _pressing("f5"),
    "vuong-mac": _pressing("f5", "2"),
    "giao-ban": _pressing("f5", "3"),
    "mot-cuoc-giao-ban": _pressing("f5", "3", "ctrl+n"),
    "ke-hoach-nam": _pressing("f7"),
    "lich-bao-cao": _pressing("f7", "2"),
    "ho-so-cong-nhan": _pressing("f7", "4"),
    "chon-cot": _pressing_then("choose_columns", "f5"),
    "phan-cong": _pressing("f5", "9"),
    "ghi-mot-viec": _pressing("f5", "enter"),
    "cong-trinh": _pressing("f6"),
    "von": _pressing("f6", "2"),
    "doi-chieu": _pressing("f9"),
    "dong-bo": _pressing("f8"),
    "bang-lenh": _pressing("f3", "ctrl+p"),
    "tro-giup": _pressing("f3", "f1"),
    "loc": _pressing("f3", "ctrl+l"),
    "ho-so-xa": _commanding("edit_commune", "tab"),
    "doi-can-bo": _commanding("switch_officer"),
    "ban-sao-luu": _commanding("show_backups"),
    "nhan-ve": _pressing("f8", "f8"),
    "so-gui-nhan": _pressing("f8", "f8", "f8"),
    "cac-may": _pressing("f8", "f8", "f8", "f8"),
    "trai-nhau": _pressing("f8", "3"),
    "cach-ly": _pressing("f8", "4"),
    "bai-hoc": _in_a_lesson("f3"),
    **FIRST_RUN,
    **DISTRICT,
}


async def draw(name: str, theme: str, size: tuple[int, int], home: Path) -> str:
    """Give the drawing of one screen as SVG."""
    from ntm_tui.app import NtmApp

    app = NtmApp(Home(home))
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        while app.desk is None and name not in FIRST_RUN:
            await pilot.pause(0.05)
        await pilot.pause(0.3)
        await SCREENS[name](pilot)
        await app.workers.wait_for_complete()
        await pilot.pause(0.3)
        return app.export_screenshot(title="NTM")


def to_png(svg: str, target: Path, browser: str) -> None:
    """Turn a drawing into a picture with fonts of this machine only."""
    plain = re.sub(r"@font-face\s*\{[^}]*\}", "", svg).replace("Fira Code", "Liberation Mono")
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', plain).groups())  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "picture.svg"
        page.write_text(plain, encoding="utf-8")
        subprocess.run(
            [
                browser,
                *FLAGS,
                f"--user-data-dir={folder}/profile",
                f"--window-size={round(width)},{round(height)}",
                f"--screenshot={target}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
    shrink(target, 64)


def shrink(picture: Path, colours: int) -> None:
    """Keep few colours, which makes a quarter of the size, where there is a program for it."""
    if program := shutil.which("pngquant"):
        command = [program, "--force", "--ext", ".png", str(colours), str(picture)]
        subprocess.run(command, check=True)


def practise(folder: Path, role: str) -> Path:
    """Give the home of a practice commune or district, made anew below a folder."""
    home = folder / role
    command = [sys.executable, "-m", "ntm_tui", "demo", "--no-ui", "--role", role]
    subprocess.run([*command, "--home", str(home)], check=True, capture_output=True)
    return home


def main(chosen: list[str]) -> None:
    browser = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit("Cần Chromium để vẽ hình. Chưa có hình nào được vẽ lại.")
    compat.install()
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NTM_CONFIG"] = str(Path(folder) / "config")
        home, district = (practise(Path(folder), role) for role in ("commune", "district"))
        for name in chosen or SCREENS:
            looks = [(theme, size) for theme in THEMES for size in SIZES]
            for theme, size in (*looks, (HIGH_CONTRAST, SIZES[0])):
                target = HERE / f"{name}-{size[0]}x{size[1]}-{theme}.png"
                place = Path(folder) / "empty" if name in FIRST_RUN else home
                place = district if name in DISTRICT else place
                to_png(asyncio.run(draw(name, theme, size, place)), target, browser)
                print(target.name)


if __name__ == "__main__":
    main(sys.argv[1:])
