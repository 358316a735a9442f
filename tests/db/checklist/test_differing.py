"""What two laptops write without knowing of each other is kept, shown and settled."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from db.checklist import history_of
from db.desk import Desk
from db.judging import Status
from db.sync.deciding import trust_device
from ntm_tui.dialogs.history import marks_of, told
from tests._helpers.stores import (
    count,
    device,
    dump_of,
    found,
    friends,
    pass_on,
    second,
    set_status,
    status_of,
)


def differing(desk: Desk) -> dict[str, tuple[str, ...]]:
    states = desk.checklist().states
    return {one.indicator.number: one.conflicts for one in states if one.conflicts}


def test_a_difference_is_named_until_somebody_writes_again(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_status(one, "1.1", Status.MET)
        pass_on(one, two, tmp_path / "usb")
        set_status(one, "1.1", Status.NOT_MET)
        set_status(two, "1.1", Status.IN_PROGRESS)
        assert pass_on(one, two, tmp_path / "usb").conflicts == 1
        pass_on(two, one, tmp_path / "usb")
        assert differing(one) == differing(two) == {"1.1": ("Tự đánh giá",)}
        assert status_of(one, "1.1") is status_of(two, "1.1")
        set_status(two, "1.1", Status.MET)
        assert differing(two) == {}
        pass_on(two, one, tmp_path / "usb")
        assert differing(one) == {}
        assert dump_of(one) == dump_of(two)


def test_writing_again_what_is_shown_settles_it_too(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_status(one, "1.1", Status.NOT_MET)
        set_status(two, "1.1", Status.IN_PROGRESS)
        pass_on(one, two, tmp_path / "usb")
        assert differing(two) == {"1.1": ("Tự đánh giá",)}
        before = count(two, "change")
        set_status(two, "1.1", status_of(two, "1.1"))
        assert differing(two) == {}
        assert count(two, "change") == before + 1
        set_status(two, "1.1", status_of(two, "1.1"))
        assert count(two, "change") == before + 1  # nothing is left to settle


def test_the_history_tells_what_each_writer_saw(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_status(one, "1.1", Status.MET)
        pass_on(one, two, tmp_path / "usb")
        set_status(one, "1.1", Status.NOT_MET)
        set_status(two, "1.1", Status.IN_PROGRESS)
        pass_on(two, one, tmp_path / "usb")
        with one.reading() as session:
            entries = history_of(session, one.sheet(), "1.1")
        whats = {what for _, _, what in told(entries, one.checklist().by_number["1.1"])}
        assert whats == {
            "Tự đánh giá: (để trống) → Đạt",
            "Tự đánh giá: Đạt → Chưa đạt",
            "Tự đánh giá: Đạt → Đang thực hiện",
        }
        assert sorted(marks_of(entries)) == [" ", "≠", "►"]


def test_an_undone_finding_has_its_place_in_the_history(desk: Desk) -> None:
    set_status(desk, "1.1", Status.MET)
    desk.store.undo(desk.officer)
    set_status(desk, "1.1", Status.NOT_MET)
    with desk.reading() as session:
        entries = history_of(session, desk.sheet(), "1.1")
    assert [what for _, _, what in told(entries, desk.checklist().by_number["1.1"])] == [
        "Tự đánh giá: (để trống) → Chưa đạt",
        "Bỏ cả mục, về chưa ghi gì",
        "Tự đánh giá: (để trống) → Đạt",
    ]


def test_what_differs_is_counted_when_a_machine_is_trusted_later(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, closing(second(one, tmp_path / "two")) as two:
        set_status(one, "1.1", Status.NOT_MET)
        set_status(two, "1.1", Status.IN_PROGRESS)
        assert pass_on(two, one, tmp_path / "usb").new == 0
        assert trust_device(one, device(two)).conflicts == 1
