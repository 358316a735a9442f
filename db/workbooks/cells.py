"""Cells as they are understood: values of few kinds, texts in Unicode, and what to doubt."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from db.numbers import show_date, show_number
from db.text import fold
from db.workbooks.addresses import address
from db.workbooks.oldfonts import UNTURNED, Told
from db.workbooks.styles import PLAIN, Style

Value = str | Decimal | date | bool


@dataclass(frozen=True)
class Cell:
    """One cell with something in it.

    `told` says what its text was turned from, `rows` over how many rows it is merged, `trouble` why
    it holds nothing to read though something stands there.
    """

    row: int
    column: int
    value: Value
    style: Style = PLAIN
    told: Told = UNTURNED
    original: str = ""
    rows: int = 1
    trouble: str = ""

    @property
    def address(self) -> str:
        """Its name, such as B12."""
        return address(self.row, self.column)

    @property
    def is_number(self) -> bool:
        """Whether Excel keeps it as a number."""
        return isinstance(self.value, Decimal)

    @property
    def text(self) -> str:
        """What stands in it, as one line for people."""
        return self.value if isinstance(self.value, str) else self._in_words

    @cached_property
    def _in_words(self) -> str:
        if isinstance(self.value, bool):
            return "Đúng" if self.value else "Sai"
        if isinstance(self.value, Decimal):
            shown = self.value * 100 if self.style.is_percent else self.value
            return show_number(shown) + ("%" if self.style.is_percent else "")
        assert isinstance(self.value, date)
        return show_date(self.value)

    @cached_property
    def folded(self) -> str:
        """Its text without marks and case, for comparing."""
        return fold(self.text)
