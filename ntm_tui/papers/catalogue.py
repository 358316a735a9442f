"""The one list of papers that an office can make."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from db.periods import Cycle
from db.problems import NotFound
from ntm_tui.papers.documents import DOCUMENTS
from ntm_tui.papers.paper import REPORT, Paper

if TYPE_CHECKING:
    from db.owner import Owner


@cache
def all_papers() -> tuple[Paper, ...]:
    """Give every paper: those in Word, with their workbooks, then those in Excel alone."""
    from ntm_tui.papers.workbooks import WORKBOOKS

    books = {it.kind: it for it in WORKBOOKS}
    word = tuple(replace(it, workbook=books.pop(it.kind, None)) for it in DOCUMENTS)
    alone = tuple(
        Paper(it.kind, it.title, it.help, level=it.level, timed=True, workbook=it)
        for it in books.values()
    )
    return (*word, *alone)


def papers_of(owner: Owner) -> tuple[Paper, ...]:
    """Give the papers that a commune, or its upper level, makes."""
    return tuple(it for it in all_papers() if it.given_by(owner))


def find_paper(kind: str, owner: Owner) -> Paper:
    """Give a paper by its short name.

    Raises:
        NotFound: there is none such for this office; those that are there are named.
    """
    own = papers_of(owner)
    found = next((it for it in own if it.kind == kind.strip().lower()), None)
    if found is None:
        named = ", ".join(it.kind for it in own)
        raise NotFound(f"Không có giấy tờ “{kind}”. Chưa lập gì. Các loại có: {named}.")
    return found


def of_row(owner: Owner, register: str, row: str) -> Paper | None:
    """Give the paper that a row of a register asks for; None where there is none.

    A regular report follows from its cycle, a paper of the dossier from its step.
    """
    for paper in papers_of(owner):
        other_step = paper.step and not row.endswith(f"|{paper.step}")
        other_cycle = register == REPORT and _cycle_of(row) is not paper.cycle
        if paper.register == register and not other_step and not other_cycle:
            return paper
    return None


def _cycle_of(row: str) -> Cycle | None:
    named = row.partition("|")[0]
    return Cycle(named) if named in set(Cycle) else None
