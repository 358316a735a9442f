"""Going where a line of the week leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_tui.screens.week.lines import Place

if TYPE_CHECKING:
    from ntm_tui.app import NtmApp


async def follow(app: NtmApp, place: Place, what: str) -> None:
    """Open the place where what a line says can be dealt with."""
    if place is Place.INDICATOR:
        await app.open_indicator(what)
    elif place is Place.FILTER:
        await app.open_filter(what)
    elif place is Place.REGISTER:
        await app.open_register(*what.split("/", 1))
    elif place is Place.SYNC and what:
        await app.open_sync(what)
    elif place is Place.PROFILE:
        await app.action_edit_commune()
    elif place is Place.BACKUPS:
        app.action_show_backups()
    else:
        await app.run_action(f"go_{place.value}", app)
