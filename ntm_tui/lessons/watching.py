"""Reading what a lesson looks at: the store, and what is on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from ntm_tui.lessons.lesson import Facts, Lesson
from ntm_tui.screens.area import AreaScreen

if TYPE_CHECKING:
    from pathlib import Path

    from db.desk import Desk
    from db.judging import Status


@dataclass(frozen=True)
class Run:
    """A lesson under way, and how things stood when it began."""

    lesson: Lesson
    moment: int
    sent: str
    paper: Mapping[str, Status]
    folder: Path


@dataclass(frozen=True)
class Sight:
    """What is on the screen: see `Facts`."""

    area: str
    part: str
    opened: frozenset[str]


def begin(desk: Desk, lesson: Lesson) -> Run:
    """Note how things stand; prepares the paper to copy from and the file to attach."""
    from db.journal.doings import moment
    from db.practice.lessons import paper_folder, paper_list

    with desk.reading() as session:
        began = moment(session)
    return Run(lesson, began, _sent(desk), paper_list(desk), paper_folder(desk.home))


def look(stack: list[Screen[Any]], mode: str) -> Sight:
    """Say what is on the screen."""
    area, *boxes = stack
    part = area.part if isinstance(area, AreaScreen) else ""
    return Sight(mode, part, frozenset(type(it).__name__ for it in boxes))


def read_facts(desk: Desk, run: Run, sight: Sight, before: Facts | None) -> Facts:
    """Read what has been done since the lesson began. Runs in a thread.

    Args:
        desk: the practice commune.
        run: the lesson.
        sight: what is on the screen.
        before: what was found the last time; the checklist is read anew only when more was done.
    """
    from db.journal.doings import since

    with desk.reading() as session:
        doings = since(session, run.moment)
    left = before.left if before is not None and before.doings == doings else _left(desk, run)
    sent = _sent(desk)
    code = "" if sent == run.sent else sent.rpartition(" ")[2]
    return Facts(sight.area, sight.part, sight.opened, doings, run.paper, left, code)


def _left(desk: Desk, run: Run) -> Mapping[str, Status]:
    states = desk.checklist().by_number
    found = {number: it.assessment.status for number, it in states.items()}
    return {number: said for number, said in run.paper.items() if found.get(number) is not said}


def _sent(desk: Desk) -> str:
    """Name the newest bundle that left, with its code."""
    from db.sync.delivery import last_sent

    with desk.reading() as session:
        found = last_sent(session.connection(), desk.home, desk.commune.scope)
    return f"{found.name} {found.code}" if found is not None else ""
