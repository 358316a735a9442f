"""What a paper is: what it is called, for whom it is made, of what, and in which formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from db.owner import Owner
from db.periods import Cycle
from db.workbooks.watch import UNWATCHED, Watch

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document

    from db.desk import Desk
    from db.reporting.spans import Span
    from ntm_tui.papers.word.values import Known, Values
    from ntm_tui.papers.workbooks import Workbook


REPORT = "sent_report"
"""The register of the regular reports."""


class Format(StrEnum):
    """What kind of file a paper is."""

    DOCX = "docx"
    XLSX = "xlsx"
    HTML = "html"

    @property
    def label(self) -> str:
        """The program that people know it by."""
        return {"docx": "Word", "xlsx": "Excel", "html": "trang web"}[self.value]


@dataclass(frozen=True)
class Wanted:
    """What a paper is to be about: a time, and one row of the register that it belongs to.

    An empty `row` means the newest one, or all of them. `with_names`: names of households stand
    in it. `watch` is told how far long reading has come.
    """

    span: Span
    today: date
    row: str = ""
    with_names: bool = False
    watch: Watch = field(default=UNWATCHED, repr=False)


@dataclass(frozen=True)
class Written:
    """A Word paper: what its template can name, the template of the program, and what it says.

    `values` gives one set of values for each copy that follows on a page of its own.
    """

    known: Sequence[Known]
    drawn: Callable[[], Document]
    values: Callable[[Desk, Wanted], Sequence[Values]]


@dataclass(frozen=True)
class Subject:
    """What papers of a kind can be about, beside a time: row id to name, the first one usual.

    `named` is what people call it. `all_together` says that all of them stand in one file when
    none is named.
    """

    named: str
    found: Callable[[Desk], Mapping[str, str]]
    all_together: bool = False


@dataclass(frozen=True)
class Paper:
    """One paper that an office can make.

    Args:
        kind: its short name, ASCII, also of its file and template.
        title: what people call it.
        help: what is in it, one sentence.
        level: whose it is, a commune's or its upper level's; None for both.
        cycle: whose regular report it is.
        timed: whether it is about a stretch of time.
        register: the register whose rows it is made of, so that the key works there.
        step: the step of the dossier that it belongs to.
        subject: what it can be about.
        written: gives the Word paper; None where there is only a workbook.
        workbook: the Excel workbook; None where there is none.
    """

    kind: str
    title: str
    help: str
    level: Owner | None = Owner.COMMUNE
    cycle: Cycle | None = None
    timed: bool = False
    register: str = ""
    step: str = ""
    subject: Subject | None = None
    written: Callable[[], Written] | None = field(default=None, repr=False)
    workbook: Workbook | None = field(default=None, repr=False)

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats it can be made in, the usual one first."""
        word = (Format.DOCX, Format.HTML) if self.written is not None else ()
        return (*word[:1], *((Format.XLSX,) if self.workbook is not None else ()), *word[1:])

    @property
    def names_people(self) -> bool:
        """Whether it can hold names of households, so that the officer is asked."""
        return self.workbook is not None and self.workbook.names_people

    def given_by(self, owner: Owner) -> bool:
        """Tell whether a commune, or its upper level, makes it."""
        return self.level in (None, owner)


@dataclass(frozen=True)
class Made:
    """A paper that was made: its bytes and the name for its file."""

    data: bytes
    name: str
    format: Format
