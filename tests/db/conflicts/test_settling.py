"""What two laptops wrote without knowing of each other is listed with every side, and settled."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from db import checklist
from db.conflicts import Choice, Importance, Order, compare, ordered, read_conflicts, settle
from db.desk import Desk
from db.journal.heads import EXISTS
from db.judging import Figure, Status
from db.models import Obstacle, Verdict
from db.owner import Owner
from db.problems import Refused
from db.sync.cards import Role
from tests._helpers.differences import (
    add_obstacle,
    board_of,
    compared,
    counted,
    decide,
    exchange,
    hear,
    laptops,
    only_conflict,
    remove,
    retitle,
    take,
    title_of,
)
from tests._helpers.histories import SCOPE, Pen
from tests._helpers.stores import (
    device,
    dump_of,
    found,
    found_upper,
    note_of,
    pass_on,
    set_note,
    set_status,
    status_of,
)

VERDICT = Verdict.row_id("xa-ntm-2021-2025", "1.1", 2024)


def differ(one: Desk, two: Desk, path: Path) -> None:
    """Both assess 1.1, each without knowing of the other."""
    set_status(one, "1.1", Status.MET)
    exchange(one, two, path)
    set_status(one, "1.1", Status.NOT_MET)
    set_status(two, "1.1", Status.IN_PROGRESS)
    exchange(one, two, path)


def set_figure(desk: Desk, number: str, value: str) -> None:
    sheet = desk.sheet()
    with desk.act() as session:
        state = checklist.read(session, sheet).by_number[number]
        figure = Figure.from_wire({"numerator": value, "denominator": "100"})
        checklist.set_figure(session, sheet, number, figure, state.threshold.effective)


def test_a_conflict_tells_where_it_is_and_who_wrote_what_upon_what(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, two):
        differ(one, two, tmp_path)
        conflict = only_conflict(one)
        assert (conflict.place, conflict.conflict.label) == ("chỉ tiêu 1.1", "Tự đánh giá")
        assert (conflict.conflict.importance, conflict.conflict.owner) == (
            Importance.STATUS,
            Owner.COMMUNE,
        )
        assert conflict.conflict.mine
        shown, other = conflict.sides
        assert shown.value == {"status": status_of(one, "1.1").value, "reason": ""}
        told = {
            it.device: (it.officer, it.value["status"], it.before["status"], it.own)  # type: ignore
            for side in conflict.sides
            for it in side.writers
        }
        assert told == {
            device(one): ("Nguyễn Thị Hường", "not_met", "met", True),
            device(two): ("Lý Văn Bé", "in_progress", "met", False),
        }
        assert all(it.received_at >= it.written_at for it in (*shown.writers, *other.writers))
        assert only_conflict(two).id == conflict.id


@pytest.mark.parametrize("own", [True, False])
def test_taking_a_side_settles_it_for_everyone(tmp_path: Path, own: bool) -> None:
    with laptops(tmp_path) as (one, two):
        differ(one, two, tmp_path)
        take(one, only_conflict(one), own=own)
        assert board_of(one).conflicts == ()
        wanted = Status.NOT_MET if own else Status.IN_PROGRESS
        assert status_of(one, "1.1") is wanted
        exchange(one, two, tmp_path)
        assert board_of(two).conflicts == ()
        assert status_of(two, "1.1") is wanted
        assert dump_of(one) == dump_of(two)


@pytest.mark.parametrize("own", [True, False])
def test_undo_brings_the_conflict_back_as_it_was(tmp_path: Path, own: bool) -> None:
    with laptops(tmp_path) as (one, two):
        differ(one, two, tmp_path)
        before, shown = only_conflict(one), status_of(one, "1.1")
        take(one, before, own=own)
        settled = status_of(one, "1.1")
        assert not one.store.undo(one.officer).overtaken
        assert status_of(one, "1.1") is shown
        again = only_conflict(one)
        assert again.sides == before.sides  # each side still says who wrote it first
        assert not one.store.redo(one.officer).overtaken
        assert board_of(one).conflicts == ()
        assert status_of(one, "1.1") is settled
        one.store.undo(one.officer)
        exchange(one, two, tmp_path)
        assert dump_of(one) == dump_of(two)
        there = only_conflict(two)
        assert {it.value["status"]: it.writers[0].officer for it in there.sides} == {  # type: ignore
            "not_met": "Nguyễn Thị Hường",
            "in_progress": "Lý Văn Bé",
        }
        take(two, there, own=True)
        exchange(one, two, tmp_path)
        assert status_of(one, "1.1") is Status.IN_PROGRESS
        assert board_of(one).conflicts == ()


def test_writing_over_a_conflict_and_undoing_it_brings_it_back_too(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, two):
        differ(one, two, tmp_path)
        set_status(one, "1.1", Status.MET)
        assert board_of(one).conflicts == ()
        one.store.undo(one.officer)
        assert len(only_conflict(one).sides) == 2


def test_two_who_settle_it_differently_differ_again(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, two):
        differ(one, two, tmp_path)
        take(one, only_conflict(one), own=True)
        take(two, only_conflict(two), own=True)
        exchange(one, two, tmp_path)
        assert len(only_conflict(one).sides) == 2
        take(one, only_conflict(one), own=False)
        exchange(one, two, tmp_path)
        assert status_of(one, "1.1") is status_of(two, "1.1") is Status.IN_PROGRESS


def test_two_who_settle_it_alike_agree(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, two):
        differ(one, two, tmp_path)
        take(one, only_conflict(one), own=True)
        take(two, only_conflict(two), own=False)
        exchange(one, two, tmp_path)
        assert board_of(one).conflicts == board_of(two).conflicts == ()


def test_what_came_in_meanwhile_is_seen_before_it_is_settled(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, two):
        differ(one, two, tmp_path)
        shown = only_conflict(one)
        set_status(two, "1.1", Status.MET)
        pass_on(two, one, tmp_path)
        with pytest.raises(Refused, match="vừa đổi"):
            take(one, shown, own=True)
        assert status_of(one, "1.1") is Status.MET


def test_one_refusal_leaves_all_of_it_as_it_was(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, two):
        set_note(one, "1.2", "một")
        set_note(two, "1.2", "hai")
        differ(one, two, tmp_path)
        first, second = compared(one)
        take(one, second, own=True)
        before = dump_of(one)
        with pytest.raises(Refused):
            settle(one, [(first, first.sides[0]), (second, second.sides[0])])
        assert dump_of(one) == before


def test_a_row_deleted_here_and_written_in_there_is_kept_or_deleted_by_a_person(
    tmp_path: Path,
) -> None:
    with laptops(tmp_path) as (one, two):
        add_obstacle(one)
        exchange(one, two, tmp_path)
        remove(one)
        retitle(two, "Thiếu vốn")
        exchange(one, two, tmp_path)
        assert title_of(one) == title_of(two) == "Thiếu vốn"
        conflict = only_conflict(one)
        assert (conflict.place, conflict.conflict.label) == ("vướng mắc “Thiếu vốn”", "Giữ hay xóa")
        keep, delete = conflict.sides
        assert (keep.choice, delete.choice) == (Choice.KEEP, Choice.DELETE)
        (edit,) = keep.writers
        assert (edit.field, edit.value, edit.before) == (
            "title",
            "Thiếu vốn",
            "Thiếu đất làm đường",
        )
        assert [it.officer for it in delete.writers] == ["Nguyễn Thị Hường"]

        decide(one, conflict, Choice.DELETE)
        assert title_of(one) is None
        assert board_of(one).conflicts == ()
        assert not one.store.undo(one.officer).overtaken
        assert title_of(one) == "Thiếu vốn"
        assert only_conflict(one).sides == conflict.sides
        assert not one.store.redo(one.officer).overtaken
        assert title_of(one) is None
        one.store.undo(one.officer)

        decide(one, only_conflict(one), Choice.KEEP)
        assert board_of(one).conflicts == ()
        assert not one.store.undo(one.officer).overtaken
        assert title_of(one) == "Thiếu vốn"
        assert only_conflict(one).sides == conflict.sides
        assert not one.store.redo(one.officer).overtaken
        assert title_of(one) == "Thiếu vốn"
        assert board_of(one).conflicts == ()
        exchange(one, two, tmp_path)
        assert title_of(two) == "Thiếu vốn"
        assert board_of(two).conflicts == ()
        assert dump_of(one) == dump_of(two)


def test_deleting_what_was_kept_does_not_speak_in_the_first_deleters_name(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, two):
        add_obstacle(one)
        exchange(one, two, tmp_path)
        remove(one)
        retitle(two, "Thiếu vốn")
        exchange(one, two, tmp_path)
        decide(one, only_conflict(one), Choice.KEEP)
        exchange(one, two, tmp_path)
        remove(two)
        retitle(one, "Thiếu vốn đối ứng")
        exchange(one, two, tmp_path)
        _keep, delete = only_conflict(one).sides
        assert [it.officer for it in delete.writers] == ["Lý Văn Bé"]


def test_undoing_a_deletion_that_an_edit_met_keeps_the_row(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, two):
        add_obstacle(one)
        exchange(one, two, tmp_path)
        remove(one)
        retitle(two, "Thiếu vốn")
        exchange(one, two, tmp_path)
        assert not one.store.undo(one.officer).overtaken
        assert title_of(one) == "Thiếu vốn"
        assert board_of(one).conflicts == ()


def test_a_deleted_row_needs_nobody(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, two):
        add_obstacle(one)
        exchange(one, two, tmp_path)
        retitle(one, "Thiếu vốn")
        retitle(two, "Thiếu người")
        exchange(one, two, tmp_path)
        assert only_conflict(one).conflict.label == "Nội dung"
        remove(one)
        assert board_of(one).conflicts == ()


def test_what_decides_the_standing_comes_first_and_days_and_places_can_be_chosen(
    tmp_path: Path,
) -> None:
    with laptops(tmp_path) as (one, two):
        for desk, word in ((one, "một"), (two, "hai")):
            add_obstacle(desk, title=word)
            set_note(desk, "17.10", word)
            set_note(desk, "2.1", word)
            set_figure(desk, "17.8", "70" if desk is one else "60")
            set_status(desk, "1.1", Status.MET if desk is one else Status.NOT_MET)
        exchange(one, two, tmp_path)
        board = board_of(one)
        found = board.conflicts
        assert [(it.importance, board.place(it).split(" “")[0]) for it in found] == [
            (Importance.STATUS, "chỉ tiêu 1.1"),
            (Importance.FIGURE, "chỉ tiêu 17.8"),
            (Importance.OTHER, "chỉ tiêu 2.1"),
            (Importance.OTHER, "chỉ tiêu 17.10"),
            (Importance.OTHER, "vướng mắc"),
        ]
        assert [board.place(it).split(" “")[0] for it in ordered(found, Order.PLACE)] == [
            *("chỉ tiêu 1.1", "chỉ tiêu 2.1", "chỉ tiêu 17.8", "chỉ tiêu 17.10", "vướng mắc")
        ]
        newest = [it.written_at for it in ordered(found, Order.DAY)]
        assert newest == sorted(newest, reverse=True)


def verdicts_that_differ(desk: Desk) -> None:
    """Two machines of the district found different things on one indicator."""
    for seed, status in ((7, "met"), (8, "not_met")):
        pen = Pen(seed, lambda: 1_700_000_000_000, role=Role.UPPER)
        pen.write("verdict", VERDICT, EXISTS, True)
        pen.write("verdict", VERDICT, "status", {"status": status, "reason": ""})
        pen.seal()
        hear(desk, pen)


def test_what_the_upper_level_wrote_is_seen_by_the_commune_and_settled_above(
    tmp_path: Path,
) -> None:
    with laptops(tmp_path) as (one, two):
        verdicts_that_differ(one)
        differ(one, two, tmp_path)
        own, upper = compared(one)
        assert (own.conflict.mine, upper.conflict.mine) == (True, False)
        assert upper.place == "kết quả thẩm tra chỉ tiêu 1.1, năm 2024"
        assert board_of(one).open == counted(one) == 1
        with pytest.raises(Refused, match="cấp trên chốt"):
            settle(one, [(upper, upper.sides[0])])
    with closing(found_upper(tmp_path / "upper")) as district:
        verdicts_that_differ(district)
        with district.reading() as session:
            board = read_conflicts(district, session, [SCOPE])
            (conflict,) = compare(district, session, board, board.conflicts)
        assert conflict.conflict.mine
        assert counted(district, [SCOPE]) == 1
        settle(district, [(conflict, conflict.sides[1])])
        assert counted(district, [SCOPE]) == 0
        with district.reading() as session:
            row = session.get(Verdict, (SCOPE, VERDICT))
            assert row is not None
            assert row.status == conflict.sides[1].value


def test_what_only_a_newer_program_knows_waits_for_it(tmp_path: Path) -> None:
    with laptops(tmp_path) as (one, _two):
        for seed, name in ((7, "A"), (8, "B")):
            pen = Pen(seed, lambda: 1_700_000_000_000)
            for entity in ("village", "showcase_of_tomorrow"):
                pen.write(entity, "lan-gat", EXISTS, True)
                pen.write(entity, "lan-gat", "mayor", name)
            pen.seal()
            hear(one, pen)
        conflict = only_conflict(one)
        assert (conflict.conflict.label, conflict.conflict.mine, counted(one)) == (
            "mayor",
            False,
            0,
        )
        with pytest.raises(Refused, match="cập nhật chương trình"):
            settle(one, [(conflict, conflict.sides[0])])


def test_there_is_nothing_to_settle_in_a_new_store(tmp_path: Path) -> None:
    with found(tmp_path / "one") as desk:
        assert board_of(desk).conflicts == ()
        with desk.act() as session:
            session.add(Obstacle(scope=desk.commune.scope, id="o", title="Một"))
        assert board_of(desk).conflicts == ()
        assert note_of(desk, "1.1") == ""
