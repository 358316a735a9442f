"""What a workbook is: what it is called, for whom it is made, and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from db import clock
from db.owner import Owner
from ntm_tui.papers.workbooks.table import Table

if TYPE_CHECKING:
    from db.desk import Desk
    from db.periods import Period
    from db.reporting.sources import Money

WORDS = ("xã", "năm", "năm trước", "kỳ", "kỳ sau", "bộ tiêu chí")
"""What titles and headings can ask for in braces, to be filled in when a workbook is made."""

Progress = Callable[[int, int], None]
"""Called with the rows done and the rows in all."""


@dataclass(frozen=True)
class Options:
    """What the officer chose for a workbook.

    `with_names`: names of households stand in it; otherwise they are counted. `as_shipped`: the
    office's own forms are passed over.
    """

    with_names: bool = False
    as_shipped: bool = False
    progress: Progress = field(default=lambda _done, _total: None)


@dataclass(frozen=True)
class Source:
    """What a workbook is made from: the desk, the period it is about, and the moment of making."""

    desk: "Desk"
    period: "Period"
    options: Options = Options()
    made: datetime = field(default_factory=clock.now)

    @property
    def today(self) -> date:
        """The day of making, in Vietnam."""
        return self.made.astimezone(clock.VIETNAM).date()

    @property
    def until(self) -> date:
        """The last day that is told of: the period's, or today while it lasts."""
        return min(self.period.last, self.today)

    @property
    def is_now(self) -> bool:
        """Whether it tells how things stand now, and not how they stood."""
        return self.until >= self.today

    @property
    def year(self) -> int:
        """The year of the money told of: the one that is worked on, while the period lasts."""
        return self.desk.sheet().year if self.is_now else self.period.last.year

    @cached_property
    def money(self) -> "Money":
        """The registers of money, told for the period."""
        from db.reporting.sources import read_money

        return read_money(self.desk, self.period, self.year, self.until, self.today)

    @property
    def office(self) -> str:
        """Who makes it, as it stands at the top of a paper."""
        upper = self.desk.upper
        return (upper.office or upper.name if upper else f"UBND {self.desk.commune.title}").upper()

    @cached_property
    def words(self) -> Mapping[str, str]:
        """What titles and headings can name in braces, marks and case aside."""
        sheet = self.desk.sheet()
        said = (
            self.desk.commune.title,
            str(sheet.year),
            str(sheet.year - 1),
            self.period.label,
            self.period.next.label,
            sheet.criteria_set.short_name,
        )
        return dict(zip(WORDS, said, strict=True))


@dataclass(frozen=True)
class Workbook:
    """One workbook that an office can make.

    Args:
        kind: its short name, ASCII, also of its file.
        title: what people call it.
        help: what is in it, one sentence.
        tables: gives its sheets.
        level: whose it is, a commune's or its upper level's; None for both.
        names_people: whether it can hold names of households, so that the officer is asked.
    """

    kind: str
    title: str
    help: str
    tables: Callable[[Source], tuple[Table, ...]]
    level: Owner | None = Owner.COMMUNE
    names_people: bool = False

    def made_by(self, owner: Owner) -> bool:
        """Tell whether a commune, or its upper level, makes it."""
        return self.level in (None, owner)

    def make(self, desk: "Desk", period: "Period", options: Options | None = None) -> bytes:
        """Make it.

        Args:
            desk: the open store.
            period: what it is about.
            options: what the officer chose.

        Raises:
            FormProblem: a layout that the office changed cannot be understood.
        """
        return self.make_from(Source(desk, period, options or Options()))

    def make_from(self, source: Source) -> bytes:
        """Make it as of a given moment; see `make`."""
        from ntm_tui.papers.workbooks.writing import write

        return write(source, self.title, self.tables(source))
