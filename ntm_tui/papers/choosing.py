"""What a person can choose among papers, and the making of what was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.workbooks.watch import UNWATCHED, Watch
from ntm_tui.papers.catalogue import of_row, papers_of
from ntm_tui.papers.paper import Format, Paper, Wanted

if TYPE_CHECKING:
    from db.desk import Desk
    from db.owner import Owner
    from ntm_tui.papers.paper import Made
    from ntm_tui.papers.placing import Placed


@dataclass(frozen=True)
class Choice:
    """A paper in one format. An empty `row` means its newest subject, or all of them."""

    paper: Paper
    kind: Format
    row: str = ""
    with_names: bool = False

    @property
    def title(self) -> str:
        """What a person reads."""
        return f"{self.paper.title} (có tên hộ dân)" if self.with_names else self.paper.title


def all_choices(owner: Owner) -> tuple[Choice, ...]:
    """Give every paper of an office in each format that has a program of its own."""
    return tuple(_choices(owner))


def _choices(owner: Owner) -> Iterator[Choice]:
    for paper in papers_of(owner):
        for kind in paper.formats:
            if kind is not Format.HTML:
                yield Choice(paper, kind)
            if kind is Format.XLSX and paper.names_people:
                yield Choice(paper, kind, with_names=True)


def choice_for(owner: Owner, register: str, row: str) -> Choice | None:
    """Give the paper that a row of a register asks for; None where there is none."""
    paper = of_row(owner, register, row)
    return Choice(paper, paper.formats[0], row) if paper is not None else None


def made_of(desk: Desk, choice: Choice, watch: Watch = UNWATCHED) -> Made:
    """Make what was chosen, not yet put anywhere.

    Args:
        desk: whose.
        choice: which paper, as what.
        watch: told how far long reading has come.

    Raises:
        Stopped: a person wants it to end.
        Problem: it could not be made.
    """
    from db.clock import today
    from ntm_tui.papers.making import make_paper, span_for

    day, paper = today(), choice.paper
    span = span_for(desk, paper, day, row=choice.row)
    wanted = Wanted(span, day, choice.row, choice.with_names, watch)
    return make_paper(desk, paper, wanted, choice.kind)


def make_choice(desk: Desk, choice: Choice, watch: Watch = UNWATCHED) -> Placed:
    """Make what was chosen and put it where papers go; see `made_of`.

    Raises:
        Stopped: a person wants it to end; no file was written.
        Problem: it could not be made, or not be written.
    """
    from ntm_tui.papers.placing import papers_folder, place

    return place(desk.home, made_of(desk, choice, watch), papers_folder(desk))
