from __future__ import annotations

from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from db.judging import Status
from ntm_tui.console.outcome import DONE, REFUSED, WRONG_USAGE
from tests._helpers.cli import call_cli
from tests._helpers.differences import add_obstacle, exchange, laptops, remove, retitle, title_of
from tests._helpers.stores import pass_on, second, set_status, status_of


@pytest.fixture
def differing(tmp_path: Path) -> Home:
    """A laptop, closed, that wrote two things otherwise than the other one of its commune."""
    with laptops(tmp_path) as (one, two):
        add_obstacle(one)
        exchange(one, two, tmp_path)
        set_status(one, "1.1", Status.NOT_MET)
        set_status(two, "1.1", Status.IN_PROGRESS)
        remove(one)
        retitle(two, "Thiếu vốn")
        exchange(one, two, tmp_path)
        return one.home


def ids(home: Home) -> list[str]:
    listed = call_cli("conflicts", "list", "--home", home.path, "--json").json
    return [one["id"] for one in listed["conflicts"]]


def test_the_list_has_every_side_with_who_wrote_it(differing: Home) -> None:
    ran = call_cli("conflicts", "list", "--home", differing.path)
    assert ran.code == DONE
    for words in (
        "chỉ tiêu 1.1 · Tự đánh giá",
        "1 ► Đang thực hiện",
        "2   Chưa đạt",
        "Nguyễn Thị Hường, máy này, ghi ",
        "(trước đó: để trống)",
        "vướng mắc “Thiếu vốn” · Giữ hay xóa",
        "Nội dung: Thiếu đất làm đường → Thiếu vốn",
        "2 ô trái nhau, 2 ô chốt được ở máy này.",
    ):
        assert words in ran.out


def test_the_list_for_scripts_has_the_same(differing: Home) -> None:
    answer = call_cli("conflicts", "list", "--home", differing.path, "--json").json
    assert (answer["total"], answer["open"]) == (2, 2)
    status, row = answer["conflicts"]
    assert (status["importance"], status["owner"], status["can_settle"]) == (
        "status",
        "commune",
        True,
    )
    assert [side["text"] for side in status["sides"]] == ["Đang thực hiện", "Chưa đạt"]
    assert [side["current"] for side in status["sides"]] == [True, False]
    assert [side["writers"][0]["own"] for side in status["sides"]] == [False, True]
    assert [side["choice"] for side in row["sides"]] == ["keep", "delete"]


def test_a_long_list_comes_in_pieces(differing: Home) -> None:
    ran = call_cli("conflicts", "list", "--home", differing.path, "--limit", "1")
    assert "Còn 1 ô nữa: thêm --skip 1." in ran.out
    ran = call_cli(
        *("conflicts", "list", "--home", differing.path, "--skip", "1", "--by", "place", "--json")
    )
    assert [one["entity"] for one in ran.json["conflicts"]] == ["obstacle"]
    assert (
        call_cli("conflicts", "list", "--by", "màu", "--home", differing.path).code == WRONG_USAGE
    )


def test_a_side_is_taken_and_the_undo_command_gives_it_back(differing: Home) -> None:
    named, _ = ids(differing)
    ran = call_cli("conflicts", "settle", named, "--take", "2", "--home", differing.path)
    assert "Đã chốt chỉ tiêu 1.1 · Tự đánh giá: Chưa đạt." in ran.out
    with Desk.read(differing) as desk:
        assert status_of(desk, "1.1") is Status.NOT_MET
    assert len(ids(differing)) == 1
    call_cli("undo", "--home", differing.path)
    assert len(ids(differing)) == 2


@pytest.mark.parametrize(
    ("how", "there"), [("--keep", True), ("--delete", False), ("--own", False)]
)
def test_a_row_in_doubt_is_kept_or_deleted(differing: Home, how: str, there: bool) -> None:
    _, named = ids(differing)
    assert call_cli("conflicts", "settle", named[:6], how, "--home", differing.path).code == DONE
    with Desk.read(differing) as desk:
        assert (title_of(desk) is not None) is there


def test_several_are_settled_as_one_action(differing: Home) -> None:
    ran = call_cli(
        "conflicts", "settle", *ids(differing), "--own", "--home", differing.path, "--json"
    )
    assert len(ran.json["settled"]) == 2
    assert ids(differing) == []
    call_cli("undo", "--home", differing.path)
    assert len(ids(differing)) == 2


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (["khong-co", "--own"], "Không có ô trái nhau nào", REFUSED),
        (["{0}"], "đúng một trong", WRONG_USAGE),
        (["{0}", "--own", "--keep"], "đúng một trong", WRONG_USAGE),
        (["{0}", "--take", "3"], "chỉ có 2 bên", WRONG_USAGE),
        (["{0}", "--delete"], "không phải dòng bị xóa dở", WRONG_USAGE),
    ],
)
def test_what_cannot_be_settled_so_is_refused_and_nothing_changes(
    differing: Home, arguments: list[str], words: str, code: int
) -> None:
    first, _ = ids(differing)
    named = [one.format(first) for one in arguments]
    ran = call_cli("conflicts", "settle", *named, "--home", differing.path)
    assert ran.code == code
    assert words in ran.err
    assert "Chưa có gì thay đổi" in ran.err
    assert len(ids(differing)) == 2


def test_where_nothing_differs_it_says_so(founded: Home) -> None:
    assert "Không có ô nào trái nhau." in call_cli("conflicts", "list").out


def test_what_waits_is_listed_with_its_way_out_and_tried_again(
    founded: Home, tmp_path: Path
) -> None:
    assert "Không có phần nào phải để riêng." in call_cli("quarantine", "list").out
    with Desk.open(founded) as one, second(one, tmp_path / "two") as two:
        set_status(two, "2.1", Status.MET)
        pass_on(two, one, tmp_path / "usb")
    ran = call_cli("quarantine", "list")
    assert "Vì sao: Chưa ai ở đây xác nhận máy này." in ran.out
    assert "Tin cậy trong phần Các máy" in ran.out
    (kept,) = call_cli("quarantine", "list", "--json").json["kept_apart"]
    assert (kept["reason"], kept["parts"], kept["changes"]) == ("untrusted", 1, 2)
    assert "Còn 1 phần vẫn phải để riêng" in call_cli("quarantine", "retry").out
    with Desk.open(founded) as one, one.store.writing() as connection:
        connection.exec_driver_sql("UPDATE known_device SET trust = 'trusted', how = 'person'")
    assert call_cli("quarantine", "retry", "--json").json == {
        "counted": 2,
        "conflicts": 0,
        "waiting_parts": 0,
    }
    with Desk.read(founded) as one:
        assert status_of(one, "2.1") is Status.MET
