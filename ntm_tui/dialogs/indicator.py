"""The form of one indicator: its figure, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from db.criteria.definitions import ThresholdKind
from db.judging import Figure, FigureProblem, Part, Quantity, check_figure, parts_of, suggest
from db.judging.entry import entry_text, parse_level, parse_quantity
from db.judging.figures import is_percent, part_label
from db.numbers import parse_date, show_date
from db.text import shown
from ntm_tui.dialogs.form import EntryProblem, Field, Form
from ntm_tui.papers.figures import show_figure, show_quantity
from ntm_tui.widgets.marks import MARKS

if TYPE_CHECKING:
    from db.checklist import Checklist, IndicatorState, Sheet
    from db.desk import Desk
    from db.drafts import Place
    from db.journal.recording import JournalSession
    from ntm_tui.screens.checklist.area import ChecklistArea

FIGURE = "figure-"
LEVEL = "figure-level"


class IndicatorForm(Form["Checklist"]):
    """Made from the indicator's threshold: a line for each part of its figure.

    Args:
        area: the checklist.
        sheet: which checklist.
        state: the indicator as it stands.
        place: where its drafts are.
        drafts: what was being typed before a crash.
    """

    HELP = """
Nhập số liệu và ghi chú cho chỉ tiêu. Tỷ lệ gõ được cả hai cách: 67,5 hoặc 1011/1498 (tử số/mẫu số).
Máy nhắc lại dưới ô số vừa hiểu. Mỗi ô tự lưu khi sang ô khác, bấm Enter, hoặc ngừng gõ ba giây.
"""

    def __init__(
        self,
        area: ChecklistArea,
        sheet: Sheet,
        state: IndicatorState,
        place: Place,
        drafts: Mapping[str, str],
    ) -> None:
        super().__init__(area, place, drafts)
        self.checklist_area = area
        self._sheet = sheet
        self._state = state

    @property
    def state(self) -> IndicatorState:
        """The indicator as it stands now."""
        return self._state

    @property
    def about(self) -> str:
        """The indicator."""
        return self.state.indicator.number

    def fields(self) -> Sequence[Field]:
        """The parts of the figure, then the words about it."""
        return (
            *self._figure_fields(),
            Field("reason", "Lý do", "khi trái với số liệu hoặc không áp dụng"),
            Field("note", "Ghi chú", several_lines=True),
            Field("responsible", "Phụ trách"),
            Field("due", "Hạn", "ngày/tháng/năm, ví dụ 30/09/2024", replaced=True),
        )

    def _figure_fields(self) -> Sequence[Field]:
        indicator, threshold = self.state.indicator, self.state.threshold.effective
        if threshold.kind is ThresholdKind.LEVEL:
            levels = "; ".join(f"{at} {name}" for at, name in enumerate(threshold.levels, 1))
            return [Field(LEVEL, "Mức", levels, replaced=True)]
        return [
            Field(
                f"{FIGURE}{part}",
                part_label(indicator, part) or "Số liệu",
                self._example(part),
                replaced=True,
            )
            for part in parts_of(indicator, threshold)
        ]

    def _example(self, part: Part) -> str:
        threshold = self.state.threshold.effective
        if is_percent(threshold, part):
            counted = self.state.indicator.counted or "đơn vị"
            return f"67,5 (%) hoặc 1011/1498 ({counted})"
        unit = threshold.unit(1 if part is Part.COUNT else 0)
        return f"số {unit}".strip() if unit else "67,5 hoặc 1011/1498"

    def stored(self, name: str) -> str:
        """What is written down about the indicator."""
        found = self.state.assessment
        if name == LEVEL:
            return found.figure.level if found.figure else ""
        if name.startswith(FIGURE):
            return entry_text(found.figure.part(_part(name)) if found.figure else None)
        if name == "due":
            return show_date(found.due) if found.due else ""
        return str(getattr(found, name))

    def understood(self, name: str, text: str) -> str:
        """The number or the day that was understood, and how far it is."""
        indicator, threshold = self.state.indicator, self.state.threshold.effective
        if name == "due":
            day = parse_date(text).date
            if day is None:
                raise EntryProblem
            left = (day - self.checklist_area.today).days
            return f"{show_date(day)}, {f'còn {left} ngày' if left >= 0 else 'đã qua'}"
        if not name.startswith(FIGURE):
            return ""
        figure = self._figure(name, text)
        if figure is None:
            return ""
        suggestion = suggest(indicator, threshold, figure, self._sheet.year)
        words = [self._shown(name, figure)]
        if suggestion.status is not None:
            words.append(MARKS[suggestion.status].label)
        words += [one.text for one in suggestion.shortfalls]
        return " · ".join(words)

    def _shown(self, name: str, figure: Figure) -> str:
        indicator, threshold = self.state.indicator, self.state.threshold.effective
        quantity = None if figure.level else figure.part(_part(name))
        if quantity is None:
            return show_figure(figure, indicator, threshold)
        return show_quantity(quantity, indicator, threshold, _part(name))

    def _figure(self, name: str, text: str) -> Figure | None:
        """The whole figure with one part as typed; None when nothing is left of it.

        Raises:
            EntryProblem: it cannot be understood, or cannot be true.
        """
        indicator, threshold = self.state.indicator, self.state.threshold.effective
        try:
            figure = self._read(name, text)
        except FigureProblem as problem:
            raise EntryProblem(str(problem)) from problem
        told = check_figure(indicator, threshold, figure) if figure else None
        if told:
            raise EntryProblem(told)
        return figure

    def _read(self, name: str, text: str) -> Figure | None:
        if name == LEVEL:
            return parse_level(text, self.state.threshold.effective) if text.strip() else None
        before = self.state.assessment.figure
        wanted = parts_of(self.state.indicator, self.state.threshold.effective)
        parts: dict[Part, Quantity] = {
            part: quantity for part, quantity in (before.parts if before else ()) if part in wanted
        }
        parts.pop(_part(name), None)
        if text.strip():
            parts[_part(name)] = parse_quantity(text)
        return Figure.of(**{part.value: it for part, it in parts.items()}) if parts else None

    def job(self, name: str, text: str) -> Callable[[Desk], Checklist]:
        """Save one field as one action; gives the checklist as it is then."""
        write = self._writer(name, text)
        sheet = self._sheet

        def job(desk: Desk) -> Checklist:
            with desk.act() as session:
                write(session)
            return desk.checklist(sheet)

        return job

    def _writer(self, name: str, text: str) -> Callable[[JournalSession], None]:
        from db import checklist

        sheet, number = self._sheet, self.state.indicator.number
        if name.startswith(FIGURE):
            figure, threshold = self._figure(name, text), self.state.threshold.effective
            return lambda session: checklist.set_figure(session, sheet, number, figure, threshold)
        if name == "due":
            written = parse_date(text)
            if text.strip() and written.date is None:
                raise EntryProblem(written.warning or "")
            return lambda session: checklist.set_due(session, sheet, number, written.date)
        if name == "reason":
            status = self.state.assessment.status
            return lambda session: checklist.set_status(
                session, sheet, number, status, reason=text.strip()
            )
        return lambda session: checklist.set_text(session, sheet, number, name, text.strip())

    def saved(self, name: str, result: Checklist) -> None:
        """Show the new state in the list behind."""
        self.checklist_area.written(result, self.state.indicator.number)
        self._take()

    def reload(self) -> None:
        """Show what is stored now."""
        self._take()
        super().reload()

    def _take(self) -> None:
        picture = self.checklist_area.picture
        if picture is not None:
            self._state = picture.checklist.by_number[self.state.indicator.number]

    def heading(self) -> Content:
        """Name, requirement, and the finding as it stands."""
        state = self.state
        threshold, judged = state.threshold.effective, state.judgement
        mark = MARKS[judged.status]
        required = f"Yêu cầu {threshold.text(self._sheet.year)} ({threshold.source.label})"
        parts: list[Content | tuple[str, str]] = [
            (f"{state.indicator.number} {shown(state.indicator.name)}", "bold"),
            Content(f"\n{required} · "),
            (mark.label, f"${mark.variable}"),
        ]
        if judged.missing_reason:
            parts.append(("  ! thiếu lý do", "$warning bold"))
        return Content.assemble(*parts)


def _part(name: str) -> Part:
    return Part(name.removeprefix(FIGURE))
