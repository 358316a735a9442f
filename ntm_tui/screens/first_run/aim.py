"""What the commune aims at, and its villages."""

from __future__ import annotations

from decimal import Decimal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Label, OptionList, Static
from textual.widgets.option_list import Option

from db.clock import today
from db.criteria.definitions import Tier
from db.numbers import show_number
from ntm_tui.screens.first_run.page import Page
from ntm_tui.widgets.field_message import FieldMessage
from ntm_tui.widgets.text_block import TextBlock
from ntm_tui.widgets.typed import Typed

_TIERS = tuple(Tier)


class AimPage(Page):
    """Asks for title, year and villages; the last page before the store is made."""

    HELP = """
Chọn danh hiệu xã phấn đấu, năm về đích, và dán danh sách thôn. Thôn để trống cũng được, thêm sau.
Tab sang ô sau; bấm nút cuối để tạo kho dữ liệu. Esc quay lại trang trước, chữ đã gõ còn nguyên.
"""
    question = "Xã phấn đấu danh hiệu nào, năm nào? Có những thôn nào?"
    first = "tier"

    def compose_fields(self) -> ComposeResult:
        """Title, year, villages, and the buttons."""
        with Horizontal(classes="field tall"):
            yield Label("Danh hiệu")
            yield OptionList(*(Option(it.label) for it in _TIERS), id="tier", markup=False)
        yield from self.line("Năm về đích", "year", str(today().year))
        yield Static(
            "Các thôn, mỗi dòng một thôn: tên, số hộ, số khẩu. Dán từ Excel cũng được.",
            classes="words",
        )
        yield TextBlock(id="villages", placeholder="Thôn Đồng Mỏ, 120, 502")
        yield FieldMessage(id="villages-said")
        with Horizontal(classes="buttons"):
            yield Button("Tạo kho dữ liệu", id="create")
            yield Button("Vẫn tạo ở đây, tôi hiểu rủi ro", id="any-disk")

    def on_mount(self) -> None:
        """The way round a refused disk shows up only after the refusal."""
        self.query_one("#any-disk").display = False
        self.query_one(OptionList).highlighted = 0

    @property
    def tier(self) -> Tier:
        """The title that was chosen."""
        return _TIERS[self.query_one(OptionList).highlighted or 0]

    @property
    def villages(self) -> str:
        """The villages as typed."""
        return self.query_one("#villages", TextBlock).text

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Mark the chosen title by a sign, not by its colour alone."""
        event.stop()
        for place, tier in enumerate(_TIERS):
            sign = "●" if place == event.option_index else "○"
            event.option_list.replace_option_prompt_at_index(place, f"{sign} {tier.label}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter goes on to the year."""
        event.stop()
        self.screen.focus_next()

    @on(Typed.Drafted, "#villages")
    def _count(self) -> None:
        """Say how many villages were understood, or which line was not."""
        from db.communes import read_villages
        from db.problems import Problem

        message = self.tell("villages")
        try:
            found = read_villages(self.villages)
        except Problem as problem:
            message.problem(str(problem))
            return
        if not found:
            message.clear()
            return
        households = sum(one.households or 0 for one in found)
        counted = f", {show_number(Decimal(households))} hộ" if households else ""
        message.note(f"{len(found)} thôn{counted}")

    def check(self) -> bool:
        """The year must be one, and every line of the villages understood."""
        from db.communes import read_villages
        from db.problems import Problem
        from db.profile import read_year

        for name, read, typed in (
            ("year", read_year, self.value("year")),
            ("villages", read_villages, self.villages),
        ):
            try:
                read(typed)
            except Problem as problem:
                self.refuse(name, str(problem))
                return False
        return True

    @on(Button.Pressed, "#create")
    def _create(self) -> None:
        self.finish()

    def offer_any_disk(self) -> None:
        """Let the person take a removable or network disk knowingly."""
        self.query_one("#any-disk").display = True
