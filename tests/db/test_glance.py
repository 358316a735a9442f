from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest

from db import checklist, thresholds
from db.desk import Desk
from db.glance import glance
from db.home import Home
from db.judging import Figure, Part, Quantity, Status


def fill(desk: Desk) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        checklist.set_status(session, sheet, "1.1", Status.MET)
        checklist.set_status(session, sheet, "2.1", Status.NOT_MET, reason="còn 2 km đường đất")
        checklist.set_text(session, sheet, "2.1", "note", "thôn Đồng Mỏ ► 1.234,5 m")
        checklist.set_due(session, sheet, "2.1", date(2024, 9, 30))
    with desk.act() as session:
        thresholds.confirm(session, sheet.scope, sheet.criteria_set, "17.8", document="QĐ 1062")
    state = desk.checklist().by_number["17.8"]
    figure = Figure(((Part.WHOLE, Quantity(numerator=Decimal(67), denominator=Decimal(100))),))
    with desk.act() as session:
        for village in ("dong-mo", ""):
            checklist.set_figure(
                session, sheet, "17.8", figure, state.threshold.effective, village=village
            )


def test_at_first_sight_the_checklist_is_what_the_open_store_says(founded: Home) -> None:
    with Desk.open(founded) as desk:
        fill(desk)
        opened, commune = desk.checklist(), desk.commune
    seen = glance(founded)
    assert seen is not None
    assert (seen.commune, seen.practice, seen.checklist) == (commune, False, opened)


def test_it_can_be_seen_while_another_process_writes(founded: Home) -> None:
    with Desk.open(founded) as desk:
        assert glance(founded) is not None
        with desk.act() as session:
            checklist.set_status(session, desk.sheet(), "1.1", Status.MET)
    seen = glance(founded)
    assert seen is not None
    assert seen.checklist.by_number["1.1"].assessment.status is Status.MET


def of_another_revision(home: Home) -> None:
    with closing(sqlite3.connect(home.store)) as store:
        store.execute("UPDATE alembic_version SET version_num = '0001'")
        store.commit()


def cut(home: Home) -> None:
    home.store.write_bytes(home.store.read_bytes()[:5000])


def no_database(home: Home) -> None:
    home.store.write_bytes(b"Ti\xc3\xaau ch\xc3\xad" * 500)


def odd_value(home: Home) -> None:
    with closing(sqlite3.connect(home.store)) as store:
        store.execute("UPDATE commune SET deadline = 'cuối năm'")
        store.commit()


def set_not_here(home: Home) -> None:
    with closing(sqlite3.connect(home.store)) as store:
        store.execute("UPDATE commune SET criteria_set = 'xa-ntm-2031'")
        store.commit()


@pytest.mark.parametrize(
    "harm",
    [
        lambda home: shutil.rmtree(home.path),
        of_another_revision,
        cut,
        no_database,
        odd_value,
        set_not_here,
    ],
)
def test_what_only_opening_can_tell_is_left_to_it(
    founded: Home, harm: Callable[[Home], None]
) -> None:
    harm(founded)
    assert glance(founded) is None


def test_what_a_crash_left_half_written_is_left_to_opening(founded: Home) -> None:
    with closing(sqlite3.connect(founded.store, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE meta SET value = 'x' || value")
        writer.execute("CREATE TABLE filler AS SELECT hex(randomblob(9000)) AS it FROM change")
        crashed = Home(founded.path.with_name("crashed"))
        shutil.copytree(founded.path, crashed.path)
    assert glance(crashed) is None
    with Desk.open(crashed) as desk:
        assert desk.commune.name == "Cai Kinh"
    assert glance(crashed) is not None
