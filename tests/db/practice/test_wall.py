"""A store can be told the time, and not to wait for the disk, while a practice past is made."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import select

from db import checklist
from db.clock import moment
from db.communes import Founding
from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.models import Change


def test_what_is_written_by_another_wall_clock_bears_its_time(
    home: Home, founding: Founding
) -> None:
    past = datetime(2024, 7, 1, 8, 30, tzinfo=UTC)
    with Desk.found(home, founding, wall=lambda: int(past.timestamp() * 1000)) as desk:
        sheet = desk.sheet()
        with desk.act() as session:
            checklist.set_status(session, sheet, "1.1", Status.MET)
        with desk.reading() as session:
            changes = session.exec(select(Change)).all()
    assert {change.written_at for change in changes} == {"2024-07-01T08:30:00.000Z"}
    assert {moment(change.clock) for change in changes} == {past}


def test_a_store_opened_anew_goes_by_the_clock_of_the_machine(
    home: Home, founding: Founding
) -> None:
    Desk.found(home, founding, wall=lambda: 1_700_000_000_000).close()
    before = datetime.now(UTC)
    with Desk.open(home) as desk:
        with desk.act() as session:
            checklist.set_status(session, desk.sheet(), "1.1", Status.MET)
        with desk.reading() as session:
            newest = max(change.clock for change in session.exec(select(Change)))
    assert moment(newest) >= before.replace(microsecond=0)


def synchronous(desk: Desk) -> object:
    with desk.reading() as session:
        return session.connection().exec_driver_sql("PRAGMA synchronous").scalar()


def test_only_the_making_does_not_wait_for_the_disk(home: Home, founding: Founding) -> None:
    with Desk.found(home, founding, flushed=False) as desk:
        assert synchronous(desk) == 0
    with Desk.open(home) as desk:
        assert synchronous(desk) == 2


def test_a_commune_is_founded_with_every_write_flushed(desk: Desk) -> None:
    assert synchronous(desk) == 2
