"""Names of households leave the office only where the officer chose so."""

from __future__ import annotations

from db.desk import Desk
from ntm_tui.papers.workbooks import WORKBOOKS
from ntm_tui.papers.workbooks.workbook import Source
from tests.ntm_tui.papers.workbooks.conftest import HALF, NOON, Make


def test_givers_are_counted_and_not_named(make: Make, commune: Desk) -> None:
    given = Source(commune, HALF, made=NOON).money.given
    names = {str(one.values["giver"]) for one in given}
    without, named = make("dong-gop"), make("dong-gop", with_names=True)
    assert names and not any(name in without.text("xl/sharedStrings.xml") for name in names)
    assert all(name in named.text("xl/sharedStrings.xml") for name in names)
    total = next(row for row in without.sheet().table if "Tổng cộng" in row.values())
    assert total["Số lượt góp"] == len(given)


def test_no_other_workbook_names_them(make: Make, commune: Desk) -> None:
    names = {str(it.values["giver"]) for it in Source(commune, HALF, made=NOON).money.given}
    for one in WORKBOOKS:
        if one.made_by(commune.owner):
            texts = make(one.kind).text("xl/sharedStrings.xml")
            assert not any(name in texts for name in names), one.kind
            assert one.names_people == (one.kind == "dong-gop")
