"""Two laptops of one commune that differ, and settling it as a person would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from db.conflicts import Board, Choice, Comparison, compare, count_open, read_conflicts, settle
from db.desk import Desk
from db.models import Obstacle
from db.sync.authority import believed
from db.sync.cards import read as read_card
from db.sync.intake import Intake
from db.sync.trust import remember
from tests._helpers.histories import SCOPE, Pen
from tests._helpers.stores import friends, pass_on


@contextmanager
def laptops(path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two laptops that trust each other."""
    one, two = friends(path)
    with closing(one), closing(two):
        yield one, two


def exchange(one: Desk, two: Desk, path: Path) -> None:
    """Each gets all that the other has."""
    pass_on(one, two, path)
    pass_on(two, one, path)
    pass_on(one, two, path)


def board_of(desk: Desk) -> Board:
    with desk.reading() as session:
        return read_conflicts(desk, session)


def counted(desk: Desk, scopes: Sequence[str] = ()) -> int:
    """What the week and the titles count."""
    with desk.reading() as session:
        return count_open(session.connection(), desk.owner, scopes or [desk.commune.scope])


def hear(desk: Desk, pen: Pen) -> None:
    """Take in what a machine has sealed, which a person here trusts."""
    with desk.store.writing() as connection:
        remember(connection, read_card(pen.card), pen.card, how="person")
        intake = Intake(connection, believed(connection, SCOPE))
        for one in pen.made:
            intake.take(one)
        intake.finish()
    desk.store.observe(intake.latest)
    assert intake.quarantined == []


def compared(desk: Desk) -> tuple[Comparison, ...]:
    """Every conflict with all of its sides, the most important first."""
    with desk.reading() as session:
        board = read_conflicts(desk, session)
        return compare(desk, session, board, board.conflicts)


def only_conflict(desk: Desk) -> Comparison:
    (found,) = compared(desk)
    return found


def take(desk: Desk, conflict: Comparison, *, own: bool) -> None:
    """Take this machine's value, or the other one's."""
    settle(desk, [(conflict, next(one for one in conflict.sides if one.own is own))])


def decide(desk: Desk, conflict: Comparison, choice: Choice) -> None:
    """Keep a row that is in doubt, or delete it."""
    settle(desk, [(conflict, next(one for one in conflict.sides if one.choice is choice))])


def add_obstacle(desk: Desk, row: str = "o", title: str = "Thiếu đất làm đường") -> None:
    with desk.act() as session:
        session.add(Obstacle(scope=desk.commune.scope, id=row, title=title))


def retitle(desk: Desk, title: str, row: str = "o") -> None:
    with desk.act() as session:
        found = session.get(Obstacle, (desk.commune.scope, row))
        assert found is not None
        found.title = title


def remove(desk: Desk, row: str = "o") -> None:
    with desk.act() as session:
        session.delete(session.get(Obstacle, (desk.commune.scope, row)))


def title_of(desk: Desk, row: str = "o") -> str | None:
    """The title of an obstacle; None when it is not there."""
    with desk.reading() as session:
        found = session.get(Obstacle, (desk.commune.scope, row))
        return found.title if found is not None else None
