from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from db.desk import Desk
from db.sync.contents import Register
from db.sync.handover import Handover, Party, read_handover
from db.sync.keys import show_fingerprint
from db.text import shown
from ntm_tui.papers.handover import draw, sheet_name
from tests._helpers.bundles import KEY, OTHER_KEY, info, write
from tests._helpers.stores import device, district_of, found, send, set_note
from tests.ntm_tui.papers.test_page import ODD, Page

SHEET = Handover(
    file_name="NTM_cai-kinh_7F3K9QXX_20240705_1.zip",
    size=45_771,
    sha256="ab" * 32,
    code="7F3K9Q",
    info=info(),
    giver=Party("UBND xã Cai Kinh", "MAY-XA", KEY.id),
    receiver=Party("UBND huyện Hữu Lũng", "MAY-HUYEN", OTHER_KEY.id),
    registers=(Register("Tự đánh giá", 1_184),),
    evidence_bytes=38_723,
    first=None,
    last=None,
)


def test_it_says_which_file_between_which_machines_and_leaves_room_for_hands() -> None:
    page = Page(draw(SHEET))
    assert page.sound and page.open == []
    for expected in (
        "BIÊN BẢN GIAO NHẬN GÓI SỐ LIỆU",
        "7F3K9Q",
        show_fingerprint(KEY.id),
        show_fingerprint(OTHER_KEY.id),
        SHEET.file_name,
        "45.771 byte",
        "Tự đánh giá 1.184",
        "ngày …… tháng …… năm ………",
        "ĐẠI DIỆN BÊN GIAO",
        "ĐẠI DIỆN BÊN NHẬN",
        "chứng nhận máy, không chứng nhận người",
        "ab" * 32,
    ):
        assert expected in page.words
    assert "THỰC HÀNH" not in page.words


def test_it_needs_nothing_from_outside_and_runs_nothing() -> None:
    page = Page(draw(SHEET))
    assert page.links == [] and "script" not in page.tags
    assert b"size: A4 portrait" in draw(SHEET)


def test_practice_is_marked() -> None:
    assert "DỮ LIỆU THỰC HÀNH" in Page(draw(replace(SHEET, info=info(practice=True)))).words


def test_what_is_not_known_is_left_for_the_hand() -> None:
    known, unknown = (draw(it).count(b'class="blank"') for it in (
        SHEET, replace(SHEET, receiver=Party())
    ))  # fmt: skip
    assert (known, unknown) == (2, 4)


def test_many_registers_stay_on_the_page_and_none_is_left_out() -> None:
    many = tuple(Register(f"Sổ {number}", 100 - number) for number in range(30))
    words = Page(draw(replace(SHEET, registers=many))).words
    assert "13 sổ khác" in words
    assert "1.001" in words  # the changes of those thirteen


@settings(max_examples=30, deadline=None)
@given(name=ODD, office=ODD)
def test_any_text_is_shown_and_none_is_obeyed(name: str, office: str) -> None:
    page = Page(draw(replace(SHEET, file_name=name, giver=Party(office, "m", KEY.id))))
    assert page.sound and page.open == []
    assert {*page.tags} == {*Page(draw(SHEET)).tags}
    assert shown(name) in page.words and shown(office) in page.words


def test_a_very_long_name_does_not_push_the_signatures_off_the_page() -> None:
    page = Page(draw(replace(SHEET, giver=Party("Ủy ban " * 28, "W" * 60, KEY.id))))
    assert "Ủy ban " * 12 not in page.words and "W" * 41 not in page.words
    assert "…" in page.words


@pytest.mark.parametrize(
    ("bundle", "sheet"),
    [
        ("NTM_a_1.zip", "NTM_a_1_bien-ban.html"),
        ("NTM_a_1.zip.age", "NTM_a_1_bien-ban.html"),
        ("gói nhận.zip", "gói nhận_bien-ban.html"),
    ],
)
def test_the_sheet_is_called_after_the_bundle(bundle: str, sheet: str) -> None:
    assert sheet_name(Path(bundle)) == sheet


def test_changes_are_counted_by_register_with_the_days_they_were_written(tmp_path: Path) -> None:
    written = write(tmp_path)
    found_ = read_handover(written.path, None)
    assert found_.registers == (Register("Tự đánh giá", 9),)
    assert found_.first is not None and found_.last is not None and found_.first < found_.last
    assert (found_.code, found_.size) == (written.code, written.size)
    assert found_.evidence_bytes > 0 and found_.receiver == Party()


def test_each_side_is_named_as_far_as_the_machine_at_hand_knows(tmp_path: Path) -> None:
    with found(tmp_path / "one") as one:
        set_note(one, "1.1", "mới")
        alone = read_handover(send(one, tmp_path / "usb", "upper").path, one)
        assert alone.receiver == Party(office="Huyện Hữu Lũng")
        assert alone.giver.device == device(one)
        with district_of(one, tmp_path / "d") as upper:
            path = send(one, tmp_path / "usb", "upper").path
            for desk in (one, upper):
                seen = read_handover(path, desk)
                assert seen.receiver.office == "UBND huyện Hữu Lũng"
                assert seen.receiver.device == device(upper)
            for_all = read_handover(send(one, tmp_path / "usb", "all").path, one)
            assert for_all.receiver == Party()


def test_the_words_survive_being_escaped(desk: Desk) -> None:
    page = draw(replace(SHEET, file_name="a&b<c>.zip")).decode()
    assert html.escape("a&b<c>.zip") in page
