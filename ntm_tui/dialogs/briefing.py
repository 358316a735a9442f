"""The form of a briefing: its agenda above, its minutes, and conclusions that become tasks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from db.kinds import Date, KindProblem
from db.numbers import show_date
from db.text import shown
from ntm_tui.dialogs.form import EntryProblem, Field
from ntm_tui.dialogs.row import RowForm
from ntm_tui.widgets.fitting import cut

if TYPE_CHECKING:
    from db.agenda import Meeting
    from db.desk import Desk
    from db.registers.reading import Page
    from db.registers.register import Values

CONCLUSION = "conclusion-"
MORE_CONCLUSIONS = 6
"""Empty lines for conclusions beside those that are there."""

HALF_A_YEAR = timedelta(days=182)
"""A day without a year that lies further back is one of next year."""

MOST_CELLS = 146
"""Of one subject of the agenda: two lines."""

_DAY_AND_MONTH = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}")


class BriefingForm(RowForm):
    """Each conclusion is one line: what, who, until when; it becomes a task of its own."""

    HELP = """
Phía trên là chương trình họp máy tự lập. Mỗi kết luận ghi một dòng: việc; người làm; hạn. Ví dụ:
Làm 38 nhà tiêu; Hường; 30/9. Kết luận thành công việc, kỳ họp sau được nhắc lại. Enter ở dòng trống
cuối cùng là xong. Xóa chữ của một kết luận là bỏ việc đó.
"""

    prepared: Meeting

    @classmethod
    def prepare(cls, desk: Desk, page: Page, row: str) -> Any:
        """Read the agenda and the conclusions."""
        from db.agenda import read_meeting

        return read_meeting(desk, row, page.context.today)

    def begins(self) -> Values:
        """Today's, led and attended as the last one was."""
        from db.registers.briefings import begins

        return begins(self._page.records, self._page.context)

    def on_mount(self) -> None:
        """Begin at the top, with the agenda in view."""
        box = self.query_one(VerticalScroll)
        self.call_after_refresh(lambda: box.scroll_home(animate=False))

    # -- The agenda --------------------------------------------------------------------------------

    def heading(self) -> Content:
        """The briefing, then its agenda."""
        agenda = self.prepared.agenda
        since = f" · từ {show_date(agenda.since)}" if agenda.since else ""
        lines = [super().heading() + Content(since)]
        for item in agenda.items:
            words = cut(shown("; ".join(item.points)), MOST_CELLS - len(item.title))
            lines.append(Content.assemble((f"{item.title}: ", "bold $secondary"), words))
        return Content("\n").join(lines)

    def saved(self, name: str, result: tuple[Page, str]) -> None:
        """Make the agenda anew where the kind of briefing or its day is another one now."""
        super().saved(name, result)
        if name in ("cycle", "held_on"):
            self.run_worker(self._make_agenda_anew(), group="agenda", exclusive=True)

    async def _make_agenda_anew(self) -> None:
        await self.reread()
        self.query_one("#heading", Static).update(self.heading())

    # -- The conclusions ---------------------------------------------------------------------------

    def fields(self) -> Sequence[Field]:
        """The briefing's own fields, then its conclusions."""
        example = "việc; người làm; hạn"
        numbered = enumerate(self._conclusions, 1)
        return [
            *super().fields(),
            *(Field(name, f"Kết luận {place}", example) for place, name in numbered),
        ]

    @cached_property
    def _conclusions(self) -> Sequence[str]:
        """The lines for conclusions, each named by its task, so that a draft finds its own again.

        Those that are there come first, then those that were being typed before a crash.
        """
        from db.registers.writing import new_id

        there = [f"{CONCLUSION}{task}" for task, _ in self.prepared.conclusions]
        begun = [it for it in self._found if it.startswith(CONCLUSION) and it not in there]
        new = [f"{CONCLUSION}{new_id()}" for _ in range(MORE_CONCLUSIONS)]
        return (*there, *sorted(begun), *new)

    def stored(self, name: str) -> str:
        """What is written down, as it could be typed."""
        if not name.startswith(CONCLUSION):
            return super().stored(name)
        values = dict(self.prepared.conclusions).get(name.removeprefix(CONCLUSION))
        if values is None:
            return ""
        parts = [values.get("title") or ""]
        if values.get("assignee"):
            parts.append(self._page.context.names.name("member", values["assignee"]))
        if values.get("due"):
            parts.append(show_date(values["due"]))
        return "; ".join(parts)

    def understood(self, name: str, text: str) -> str:
        """Who is to do it, until when."""
        if not name.startswith(CONCLUSION):
            return super().understood(name, text)
        said = self._read_conclusion(text)
        who = said["assignee"]
        named = self._page.context.names.name("member", who) if who else "chưa giao ai"
        due = f"hạn {show_date(said['due'])}" if said["due"] else "chưa có hạn"
        return f"{shown(named)} · {due}"

    def _read_conclusion(self, text: str) -> dict[str, Any]:
        """Take a line apart.

        Raises:
            EntryProblem: there is no such person or day.
        """
        title, *rest = [part.strip() for part in text.split(";")]
        if not title or len(rest) > len(("assignee", "due")):
            raise EntryProblem("Mỗi kết luận ghi: việc; người làm; hạn.")
        said: dict[str, Any] = {"title": title, "assignee": None, "due": None}
        for part in filter(None, rest):
            said["due" if part[0].isdigit() else "assignee"] = self._understand(part)
        return said

    def _understand(self, part: str) -> Any:
        names = self._page.context.names
        try:
            if not part[0].isdigit():
                return self._page.register.column("chair").kind.read(part, names)
            if _DAY_AND_MONTH.fullmatch(part) is None:
                return Date().read(part, names)
            today = self._page.context.today
            day = Date().read(f"{part}/{today.year}", names)
            ahead = day < today - HALF_A_YEAR
            return Date().read(f"{part}/{today.year + 1}", names) if ahead else day
        except KindProblem as problem:
            raise EntryProblem(str(problem)) from problem

    def job(self, name: str, text: str) -> Callable[[Desk], tuple[Page, str]]:
        """Save one field, or one conclusion as a task, as one action."""
        if not name.startswith(CONCLUSION):
            return super().job(name, text)
        said = self._read_conclusion(text) if text.strip() else None
        page, row = self._page, self._row
        begun = {} if page.record(row) is not None else self.begins()
        task = name.removeprefix(CONCLUSION)
        there = task in dict(self.prepared.conclusions)

        def job(desk: Desk) -> tuple[Page, str]:
            from db.registers.reading import read_page

            _conclude(desk, page, row, begun, task, said, there=there)
            self.prepared = self.prepare(desk, page, row)
            return read_page(desk, page.register, page.context.today), row

        return job

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in an empty line for a conclusion: that was all."""
        if str(event.input.id).startswith(CONCLUSION) and not event.value.strip():
            event.stop()
            event.prevent_default()
            self.finish(event.input)


def _conclude(
    desk: Desk, page: Page, row: str, begun: Values, task: str, said: Values | None, *, there: bool
) -> None:
    """Write a conclusion down as a task of the briefing; None drops the task that is there."""
    from db.registers.briefings import CONCLUDED
    from db.registers.work import TASKS
    from db.registers.writing import delete, put

    with desk.act() as session:
        if begun and said is not None:
            put(session, page.context, page.register, row, begun)
        if said is None:
            if there:
                delete(session, page.context, TASKS, task)
            return
        values = said if there else {**CONCLUDED, "briefing": row, **said}
        put(session, page.context, TASKS, task, values)
