"""Pictures of the screens, kept: a change of looks is seen, and meant, or is a mistake.

After a change that is meant: `pytest tests/ntm_tui/snapshots --snapshot-update`, and look at them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from db import backups, clock, practice
from db.home import Home
from ntm_tui import compat
from ntm_tui.app import NtmApp
from ntm_tui.screens.first_run import FirstRunScreen
from tests._helpers.modes import LARGE, SMALL
from tests._helpers.practice import copied
from tests._helpers.terminal import settle, wait_until

compat.install()

TODAY = date(2024, 9, 20)
MORNING = datetime(2024, 9, 20, 1, 30, tzinfo=UTC)

Compare = Callable[..., bool]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice commune, made once."""
    folder = tmp_path_factory.mktemp("pictured")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_CONFIG", str(folder / "config"))
        practice.prepare(Home(folder / "home"), TODAY)
    return folder


@pytest.fixture
def story(made: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The practice commune on a day that stays the same."""
    copied(Home(made / "home"), made / "config", home)
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    backups.backup(home, backups.Why.DAILY)
    return home


def filled(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Wait until the screen shows its data, then press keys."""

    async def ready(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, NtmApp)
        await wait_until(lambda: app.desk is not None or isinstance(app.screen, FirstRunScreen))
        await _quiet(pilot)
        for key in keys:
            await pilot.press(key)
            await _quiet(pilot)

    return ready


async def _quiet(pilot: Pilot[Any]) -> None:
    await settle(pilot)
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await settle(pilot)


def app_on(home: Home, mode: str, theme: str) -> NtmApp:
    app: NtmApp = type("PictureApp", (NtmApp,), {"DEFAULT_MODE": mode})(home)
    app.theme = theme
    return app


@pytest.mark.parametrize(
    ("size", "theme"), [(SMALL, "toi"), (LARGE, "sang")], ids=["small", "large"]
)
@pytest.mark.parametrize("mode", ["week", "checklist", "villages", "work", "reports", "thresholds"])
def test_work_area(
    story: Home, snap_compare: Compare, mode: str, size: tuple[int, int], theme: str
) -> None:
    app = app_on(story, mode, theme)
    assert snap_compare(app, terminal_size=size, run_before=filled())


def test_first_run(tmp_path: Path, snap_compare: Compare) -> None:
    app = app_on(Home(tmp_path / "nothing"), "week", "toi")
    assert snap_compare(app, terminal_size=SMALL, run_before=filled("1"))
