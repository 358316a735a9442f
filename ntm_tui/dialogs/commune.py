"""The commune's profile: what it aims at, what it holds, where its bundles go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from db.criteria.definitions import Tier
from db.kinds import KindProblem
from db.kinds.choices import listed, pick
from db.numbers import parse_date, show_date
from db.problems import Problem
from db.text import shown
from ntm_tui.dialogs.form import EntryProblem, Field, Form

if TYPE_CHECKING:
    from db.criteria.definitions import CriteriaSet
    from db.desk import Desk
    from db.drafts import Place
    from db.sheet.commune import CommuneProfile
    from ntm_tui.screens.area import AreaScreen

NO_TITLE = ("", "Chưa giữ danh hiệu nào")
TITLES = tuple((tier.value, tier.label) for tier in Tier)


class CommuneDialog(Form["Desk"]):
    """Each field is saved by itself; what is chosen among few is typed as its number.

    Args:
        area: the work area it was opened from.
        desk: where one works.
        sets: the criteria sets that can be used.
        place: where its drafts are.
        drafts: what was being typed before a crash.
        findings: how many indicators have a finding, by year.
    """

    HELP = """
Hồ sơ xã: danh hiệu phấn đấu và danh hiệu đang giữ, năm và hạn về đích, nơi nhận gói, bộ tiêu chí.
Ô có các lựa chọn thì gõ số thứ tự hoặc tên. Mỗi ô tự lưu khi sang ô khác hoặc bấm Enter.
"""
    DEFAULT_CSS = """
    CommuneDialog {
        .field Label { width: 22; }
        .field FieldMessage { margin-left: 22; }
    }
    """

    def __init__(
        self,
        area: AreaScreen,
        desk: Desk,
        sets: Sequence[CriteriaSet],
        place: Place,
        drafts: Mapping[str, str],
        findings: Mapping[int, int],
    ) -> None:
        super().__init__(area, place, drafts)
        self._findings = findings
        self._commune: CommuneProfile = desk.commune
        self._choices = {
            "tier": TITLES,
            "held_tier": (NO_TITLE, *TITLES),
            "criteria_set": tuple((one.id, one.short_name) for one in sets),
        }

    def fields(self) -> Sequence[Field]:
        """What it aims at, what it holds, then what seldom changes."""
        return (
            Field("tier", "Danh hiệu phấn đấu", replaced=True),
            Field("target_year", "Năm phấn đấu", replaced=True),
            Field("deadline", "Hạn về đích", "ngày/tháng/năm", replaced=True),
            Field("held_tier", "Danh hiệu đang giữ", replaced=True),
            Field("held_decision", "Quyết định công nhận", "số, ký hiệu quyết định"),
            Field("held_date", "Ngày công nhận", "giữ đúng như đã ghi"),
            Field("upper_level", "Nơi nhận gói", "ví dụ: huyện Hữu Lũng"),
            Field("signer", "Người ký văn bản", "họ tên, in cuối giấy tờ"),
            Field("signs_as", "Chức vụ người ký", "ví dụ: Chủ tịch, Phó Chủ tịch"),
            Field("criteria_set", "Bộ tiêu chí đang dùng", replaced=True),
        )

    def stored(self, name: str) -> str:
        """What is written down, as it could be typed."""
        value = getattr(self._commune, name)
        if name in self._choices:
            return dict(self._choices[name]).get(value or "", shown(str(value or "")))
        return show_date(value) if name == "deadline" else str(value)

    def understood(self, name: str, text: str) -> str:
        """Which choice or which day was understood."""
        if name in self._choices:
            return dict(self._choices[name])[self._chosen(name, text)]
        if name == "target_year":
            return self._other_year(text)
        if name == "deadline" and (day := parse_date(text).date):
            return show_date(day)
        return (parse_date(text).warning or "") if name == "held_date" else ""

    def _other_year(self, text: str) -> str:
        """Say what another year shows, and that what was found for this one stays."""
        now = self._commune.target_year
        if not text.strip().isdecimal() or int(text) == now:
            return ""
        year, kept = int(text), self._findings.get(now, 0)
        there = self._findings.get(year, 0)
        return (
            f"bảng năm {year} đang có {there} chỉ tiêu đã ghi; {kept} chỉ tiêu đã ghi của năm "
            f"{now} vẫn được giữ, đổi lại {now} là thấy."
        )

    def _chosen(self, name: str, text: str) -> str:
        """Find a choice by its number, or by words of its name.

        Raises:
            EntryProblem: none of them, or several.
        """
        try:
            return str(pick(text, self._choices[name]))
        except KindProblem as problem:
            raise EntryProblem(str(problem)) from problem

    def on_descendant_focus(self) -> None:
        """Say what can be chosen."""
        super().on_descendant_focus()
        name = self.focused.id if self.focused is not None else None
        if name in self._choices:
            self._message(str(name)).note(listed(self._choices[str(name)]))

    def job(self, name: str, text: str) -> Callable[[Desk], Desk]:
        """Save one field as one action; gives the desk with the profile as it is then."""
        from db.profile import read_field, update_profile

        typed = self._chosen(name, text) if name in self._choices else text
        try:
            read_field(name, typed)
        except Problem as problem:
            raise EntryProblem(str(problem)) from problem

        def job(desk: Desk) -> Desk:
            with desk.act() as session:
                update_profile(session, desk.commune.scope, name, typed)
            return desk.refreshed()

        return job

    def saved(self, name: str, result: Desk) -> None:
        """Work on with the new profile."""
        self._commune = result.commune
        self.area.ntm.seat(result)
        self.reload()

    def reload(self) -> None:
        """Show what is stored now."""
        desk = self.area.ntm.desk
        if desk is not None:
            self._commune = desk.commune
        super().reload()

    def heading(self) -> Content:
        """Whose profile it is."""
        commune = self._commune
        where = f"huyện {shown(commune.district)} · tỉnh {shown(commune.province)}"
        return Content.assemble(
            (f"Hồ sơ xã {shown(commune.name)}", "bold"), f" · {where}\n", (commune.scope, "dim")
        )
