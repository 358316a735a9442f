"""Going where a line of the week leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_tui.screens.week.lines import Line, Place

if TYPE_CHECKING:
    from ntm_tui.app import NtmApp


async def follow(app: NtmApp, line: Line) -> None:
    """Open the place where what a line says can be dealt with."""
    if line.place is Place.INDICATOR:
        await app.open_indicator(line.what)
    elif line.place is Place.FILTER:
        await app.open_filter(line.what)
    elif line.place is Place.REGISTER:
        await app.open_register(*line.what.split("/", 1))
    elif line.place is Place.SYNC and line.what:
        await app.open_sync(line.what)
    elif line.place is Place.PROFILE:
        await app.action_edit_commune()
    elif line.place is Place.BACKUPS:
        app.action_show_backups()
    else:
        await app.run_action(f"go_{line.place.value}", app)
