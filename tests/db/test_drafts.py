from __future__ import annotations

from db import drafts
from db.desk import Desk
from tests._helpers.stores import reopened, state_of


def test_a_draft_is_there_after_a_crash_and_gone_once_dropped(desk: Desk) -> None:
    place = drafts.of_finding(desk.sheet(), "17.8")
    drafts.keep(desk, place, "note", "thôn Đồng")
    drafts.keep(desk, place, "note", "thôn Đồng Mỏ")
    drafts.keep(desk, place, "reason", "chưa rõ")
    desk = reopened(desk)
    assert drafts.find(desk, place) == {"note": "thôn Đồng Mỏ", "reason": "chưa rõ"}
    drafts.drop(desk, place, "note")
    assert drafts.find(desk, place) == {"reason": "chưa rõ"}
    desk.close()


def test_a_draft_belongs_to_one_row_only(desk: Desk) -> None:
    drafts.keep(desk, drafts.of_finding(desk.sheet(), "17.8"), "note", "một")
    assert drafts.find(desk, drafts.of_finding(desk.sheet(), "17.9")) == {}
    assert drafts.find(desk, drafts.of_document("17.8")) == {}


def test_a_draft_is_no_change(desk: Desk) -> None:
    before = state_of(desk)
    drafts.keep(desk, drafts.of_finding(desk.sheet(), "1.1"), "note", "gõ dở")
    assert state_of(desk) == before
