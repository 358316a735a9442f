"""`ntm report`: listed, made, put where it should be, refused in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from ntm_tui.papers.word.templates import own_template
from tests._helpers.cli import call_cli, run_cli
from tests._helpers.documents import opened, saved, template, whole


def test_without_a_kind_it_lists_them(founded: Home) -> None:
    ran = run_cli("report")
    assert ran.code == 0
    for kind in ("bao-cao-tuan", "to-trinh", "phieu-thon", "bang-thon"):
        assert kind in ran.out
    found = call_cli("report", "--json").json["papers"]
    weekly = next(it for it in found if it["kind"] == "bao-cao-tuan")
    assert (weekly["formats"], weekly["cycle"]) == (["docx", "html"], "week")
    both = next(it for it in found if it["kind"] == "phan-cong")
    assert both["formats"] == ["docx", "xlsx", "html"]
    assert "bao-cao-linh-vuc" not in {it["kind"] for it in found}  # the upper level's


def test_it_makes_a_paper_where_papers_go(founded: Home, tmp_path: Path) -> None:
    ran = call_cli("report", "bao-cao-thang", "--from", "15/07/2024", "--json")
    answer = ran.json
    path = Path(answer["path"])
    assert path == tmp_path / "papers" / "bao-cao-thang_cai-kinh_2024-07.docx"
    assert (answer["from"], answer["to"]) == ("2024-07-01", "2024-07-31")
    assert answer["period"] == "tháng 7/2024"
    assert "tháng 7/2024" in whole(opened(path.read_bytes()))


def test_the_name_of_the_file_says_the_format_and_nothing_is_written_over(
    founded: Home, tmp_path: Path
) -> None:
    out = tmp_path / "tuần này.html"
    assert call_cli("report", "bao-cao-tuan", "--out", out).code == 0
    assert out.read_bytes().startswith(b"<!DOCTYPE html>")
    again = call_cli("report", "bao-cao-tuan", "--out", out)
    assert again.code == 1 and "Đã có tệp" in again.err


def test_days_can_be_chosen(founded: Home) -> None:
    ran = call_cli("report", "bao-cao-tuan", "--from", "1/7/2024", "--to", "10/7/2024", "--json")
    assert ran.json["period"] == "từ 01/07/2024 đến 10/07/2024"
    back = call_cli("report", "bao-cao-tuan", "--from", "10/7/2024", "--to", "1/7/2024")
    assert back.code == 1 and "Ngày cuối trước ngày đầu" in back.err


def test_a_name_without_an_ending_gets_the_one_that_opens_it(founded: Home, tmp_path: Path) -> None:
    ran = call_cli("report", "ket-qua", "--out", tmp_path / "rà soát 30.9", "--json")
    assert Path(ran.json["path"]).name == "rà soát 30.9.xlsx"


def test_one_village_can_be_named_without_marks(founded: Home) -> None:
    ran = call_cli("report", "phieu-thon", "--about", "dong mo", "--json")
    text = whole(opened(Path(ran.json["path"]).read_bytes()))
    assert "Thôn Đồng Mỏ" in text and "Thôn Lân Gạt" not in text
    unknown = call_cli("report", "phieu-thon", "--about", "ở đâu")
    assert unknown.code == 1
    assert "Thôn Lân Gạt" in unknown.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("bao-cao-ngay",), "Không có giấy tờ “bao-cao-ngay”"),
        (("bao-cao-linh-vuc",), "Không có giấy tờ"),
        (("bao-cao-tuan", "--format", "xlsx"), "không có dạng xlsx"),
        (("bao-cao-tuan", "--format", "pdf"), "--format nhận"),
        (("bao-cao-tuan", "--from", "31/02/2024"), "Không có ngày"),
        (("bien-ban-giao-ban",), "Chưa ghi cuộc giao ban nào"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(
    founded: Home, tmp_path: Path, args: tuple[str, ...], said: str
) -> None:
    ran = call_cli("report", *args)
    assert ran.code in (1, 2)
    assert said in ran.err and "Chưa" in ran.err
    assert not (tmp_path / "papers").exists()


def test_an_office_s_own_template_is_used_and_a_wrong_one_told(founded: Home) -> None:
    path = own_template(founded, "bao-cao-tuan")
    saved(template("RIÊNG CỦA XÃ {{ten_xa}}", "{{tieu_chi}}"), path)
    made = Path(call_cli("report", "bao-cao-tuan", "--json").json["path"])
    assert whole(opened(made.read_bytes())).startswith("RIÊNG CỦA XÃ Cai Kinh\nĐến hết ngày")
    saved(template("{{tên xứ}}"), path)
    refused = call_cli("report", "bao-cao-tuan", "--json")
    assert refused.json["error"]["code"] == "template"
    assert "{{ten_xa}}" in refused.json["error"]["message"]


def test_the_templates_of_the_program_can_be_taken_out_to_be_changed(founded: Home) -> None:
    ran = call_cli("report", "to-trinh", "--template", "--json")
    path = Path(ran.json["path"])
    assert path == own_template(founded, "to-trinh")
    assert "{{trich_yeu}}" in whole(opened(path.read_bytes()))
    path.write_bytes(path.read_bytes() + b"changed")
    again = call_cli("report", "to-trinh", "--template")
    assert again.code == 1 and "Đã có mẫu" in again.err
    assert path.read_bytes().endswith(b"changed")


def test_the_office_s_own_words_survive_making_it_again(founded: Home) -> None:
    from db.clock import today
    from db.registers.reading import read_page
    from db.registers.reports import REPORTS
    from db.registers.writing import put

    with Desk.open(founded) as desk:
        page = read_page(desk, REPORTS, today())
        row = next(it.id for it in page.records if it.id.startswith("week|"))
        words = {
            "remarks": "Nhân dân phấn khởi.\nTiến độ khá.",
            "proposals": "Đề nghị huyện cấp xi măng.",
            "recipients": "Huyện ủy\nLưu: VT, KT",
        }
        with desk.act() as session:
            put(session, page.context, REPORTS, row, words)
    for _ in range(2):
        made = Path(call_cli("report", "bao-cao-tuan", "--json").json["path"])
        text = whole(opened(made.read_bytes()))
        for said in ("Nhân dân phấn khởi.", "Tiến độ khá.", "Đề nghị huyện cấp xi măng."):
            assert said in text.splitlines()
        assert "- Huyện ủy;\n- Lưu: VT, KT." in text
