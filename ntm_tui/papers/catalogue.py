"""The one list of papers that an office can make."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from db.problems import NotFound
from ntm_tui.papers.documents import DOCUMENTS
from ntm_tui.papers.paper import Paper

if TYPE_CHECKING:
    from db.owner import Owner
    from db.periods import Cycle


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


def of_cycle(cycle: Cycle | None) -> Paper:
    """Give the regular report of a cycle; the one that is asked for once where there is none."""
    reports = (it for it in all_papers() if it.register == "sent_report")
    return next(it for it in reports if it.cycle is cycle)


def of_register(name: str, owner: Owner) -> Paper | None:
    """Give the paper that is made of the rows of a register; None where there is none."""
    return next((it for it in papers_of(owner) if it.register == name), None)
