"""Keeps what is being typed in the store, so that a crash loses nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.worker import Worker

    from db.desk import Desk
    from db.drafts import Place
    from ntm_tui.screens.area import AreaScreen


class Drafting:
    """Writes drafts one after the other; of a field that changes meanwhile only the newest text.

    Args:
        typed_in: the part of the screen that is typed in; its workers write.
        area: the work area, which lets a use case write.
        place: the row that the fields belong to.
    """

    def __init__(self, typed_in: DOMNode, area: AreaScreen, place: Place) -> None:
        self._typed_in = typed_in
        self._area = area
        self._place = place
        self._waiting: dict[str, str | None] = {}
        self._writing: Worker[None] | None = None

    def note(self, field: str, text: str, *, given_up: bool) -> None:
        """Keep a text as the draft of a field, or let the draft go when typing was given up."""
        self._waiting[field] = None if given_up else text
        if self._writing is None:
            self._writing = self._typed_in.run_worker(self._write_waiting(), group="drafts")

    async def kept(self) -> None:
        """Wait until all that was typed is in the store; a form that closes stops its workers."""
        if self._writing is not None:
            await self._writing.wait()

    async def done(self, field: str, text: str) -> None:
        """Let the draft of a field go: this text was saved, unless more was typed since."""
        if self._waiting.get(field, text) == text:
            self._waiting.pop(field, None)
            await self._write(field, None)

    async def _write_waiting(self) -> None:
        try:
            while self._waiting:
                field = next(iter(self._waiting))
                await self._write(field, self._waiting.pop(field))
        finally:
            self._writing = None

    async def _write(self, field: str, text: str | None) -> None:
        place = self._place

        def job(desk: Desk) -> None:
            from db import drafts

            if text is None:
                drafts.drop(desk, place, field)
            else:
                drafts.keep(desk, place, field, text)

        await self._area.write(job)
