"""`ntm upper`, `ntm commune`, `ntm criteria publish` and what of it the communes see."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from db.sync.receiving import receive
from tests._helpers.cli import call_cli
from tests._helpers.practice import MadeDistrict
from tests._helpers.stores import device, send

SHIPPED = resources.files("db.criteria").joinpath("xa-ntm-2021-2025.toml")
CODE = "thuc-hanh/mau/mo-mau"


@pytest.fixture
def upper(made_district: MadeDistrict, home: Home) -> Home:
    """The practice district as the usual home."""
    return made_district.copy_to(home.path)


def down(made: MadeDistrict, upper: Home, folder: Path) -> Home:
    """A commune's machine that took in what the district has for it, and its own answer back."""
    place = made.copy_commune_to(CODE, folder / "mo-mau")
    with Desk.open(upper) as office, Desk.open(place) as commune:
        bundle = send(office.at_commune(CODE), folder / "usb")
        assert not receive(commune, bundle.path, trust=[device(office)]).quarantined
        assert not receive(office, send(commune, folder / "usb").path).quarantined
    return place


def test_the_level_keeps_its_code_when_it_gets_another_name(upper: Home) -> None:
    before = call_cli("upper", "--json").json
    assert before["silent_days"] == 10
    ran = call_cli(
        "upper", "--name", "tỉnh Mẫu", "--office", "Sở NN&MT", "--silent-days", "14", "--json"
    )
    assert ran.json == {
        "area": before["area"], "name": "tỉnh Mẫu", "office": "Sở NN&MT", "silent_days": 14
    }  # fmt: skip
    assert "Tỉnh Mẫu (mã thuc-hanh/mau)" in call_cli("upper").out
    silent = call_cli("matrix", "--json").json["silent"]
    assert silent == ["thuc-hanh/mau/thac-mau", "thuc-hanh/mau/khe-mau"]
    assert call_cli("upper", "--silent-days", "", "--json").json["silent_days"] == 10


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--silent-days", "0"), "từ 1 trở lên"),
        (("--silent-days", "vài"), "Nhắc khi chưa gửi gói quá"),
        (("--name", " "), "cần có tên"),
    ],
)
def test_what_cannot_be_so_is_refused(upper: Home, arguments: tuple[str, str], told: str) -> None:
    before = call_cli("dump").out
    ran = call_cli("upper", *arguments)
    assert ran.code == 2
    assert told in ran.err
    assert "Chưa có gì thay đổi" in ran.err
    assert call_cli("dump").out == before


def test_a_commune_is_merged_into_another_and_parted_again(upper: Home) -> None:
    ran = call_cli("commune", "Mỏ Mẫu", "--to", "31/12/2024", "--merged-into", "ho mau", "--json")
    assert ran.json == {
        "commune": "Mỏ Mẫu",
        "commune_code": CODE,
        "valid_from": None,
        "valid_to": "2024-12-31",
        "merged_into": "thuc-hanh/mau/ho-mau",
    }
    assert "Sáp nhập vào: Hồ Mẫu" in call_cli("commune", CODE).out
    assert CODE in call_cli("matrix", "--json").json["former"]
    call_cli("commune", CODE, "--to", "", "--merged-into", "")
    assert CODE not in call_cli("matrix", "--json").json["former"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("Mỏ Mẫu", "--to", "31/02/2024"), 2, "Đến hết ngày"),
        (("Mỏ Mẫu", "--from", "01/02/2024", "--to", "31/01/2024"), 2, "đứng trước"),
        (("Mỏ Mẫu", "--to", "31/01/2024", "--merged-into", CODE), 2, "chính mình"),
        (("Không Có",), 1, "Không rõ xã"),
        (("Mỏ Mẫu", "--merged-into", "Không Có"), 1, "Không rõ xã"),
    ],
)
def test_days_and_communes_that_cannot_be_are_refused(
    upper: Home, arguments: tuple[str, ...], code: int, told: str
) -> None:
    before = call_cli("dump").out
    ran = call_cli("commune", *arguments)
    assert (ran.code, told in ran.err) == (code, True), ran.err
    assert call_cli("dump").out == before


@pytest.mark.parametrize("command", [("upper",), ("commune", "Cai Kinh"), ("matrix",)])
def test_they_are_not_for_a_commune_s_machine(founded: Home, command: tuple[str, ...]) -> None:
    ran = call_cli(*command)
    assert ran.code == 2
    assert "máy của cấp trên" in ran.err


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_published_set_is_taken_up_by_the_communes(
    made_district: MadeDistrict, upper: Home, tmp_path: Path, line_end: str
) -> None:
    path = tmp_path / "bo-moi.toml"
    text = SHIPPED.read_text(encoding="utf-8").replace('id = "xa-ntm-2021-2025"', 'id = "bo-moi"')
    path.write_bytes(text.replace("\n", line_end).encode())
    ran = call_cli("criteria", "publish", path, "--json")
    assert ran.json["id"] == "bo-moi"
    assert call_cli("criteria", "publish", path).code == 0  # once more changes nothing
    place = down(made_district, upper, tmp_path)
    seen = call_cli("status", "--set", "bo-moi", "--json", "--home", place.path)
    assert seen.json["indicators"]["total"] == 57
    sets = call_cli("criteria", "list", "--json", "--home", place.path).json["criteria_sets"]
    assert ran.json["hash"] in {it["hash"] for it in sets}
    path.write_bytes(path.read_bytes() + "\n# khác\n".encode())
    assert call_cli("criteria", "publish", path, "--json").json["error"]["code"] == "refused"


def test_an_import_tells_of_a_set_that_is_new(
    made_district: MadeDistrict, upper: Home, tmp_path: Path
) -> None:
    path = tmp_path / "bo-moi.toml"
    text = SHIPPED.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "xa-ntm-2021-2025"', 'id = "bo-moi"'), encoding="utf-8")
    call_cli("criteria", "publish", path)
    bundle = call_cli("export", "--commune", CODE, "--to", tmp_path / "usb", "--json").json
    with Desk.open(upper) as office:
        own = device(office)
    place = made_district.copy_commune_to(CODE, tmp_path / "mo-mau")
    ran = call_cli(
        "import", "--yes", "--trust", own, bundle["bundles"][0]["path"], "--home", place.path
    )
    assert ran.code == 0, ran.err
    assert "Cấp trên công bố bộ tiêu chí mới" in ran.out


def test_a_commune_s_machine_publishes_nothing(founded: Home, tmp_path: Path) -> None:
    path = tmp_path / "bo.toml"
    path.write_bytes(SHIPPED.read_bytes())
    ran = call_cli("criteria", "publish", path)
    assert ran.code == 1
    assert "cấp trên" in ran.err


def test_a_threshold_of_the_upper_level_counts_under_the_commune_s_own(
    made_district: MadeDistrict, upper: Home, tmp_path: Path
) -> None:
    ran = call_cli("confirm", "3.1", "--threshold", "85", "--document", "QĐ 1", "--json")
    assert (ran.json["published"], ran.json["threshold_text"]) == (True, "≥ 85 %")
    assert "mọi xã" in call_cli("confirm", "3.2", "--document", "QĐ 1").out
    place = down(made_district, upper, tmp_path)
    with Desk.read(place) as commune:
        state = commune.checklist().by_number["3.1"].threshold
    assert (state.effective.text(), state.effective.document) == ("≥ 85 %", "QĐ 1")
    call_cli("confirm", "3.1", "--threshold", "80", "--document", "QĐ 2", "--home", place.path)
    with Desk.read(place) as commune:
        state = commune.checklist().by_number["3.1"].threshold
    assert (state.effective.text(), state.effective.document) == ("≥ 80 %", "QĐ 2")


def test_what_the_upper_level_holds_of_a_commune_is_what_the_commune_holds(
    made_district: MadeDistrict, upper: Home, tmp_path: Path
) -> None:
    place = down(made_district, upper, tmp_path)
    assert call_cli("dump", "--commune", CODE).out == call_cli("dump", "--home", place.path).out
    for command in (("history", "17.1"), ("evidence", "list")):
        own = call_cli(*command, "--json", "--home", place.path).json
        seen = call_cli(*command, "--commune", "Mỏ Mẫu", "--json").json
        if "history" in own:
            for one in (*own["history"], *seen["history"]):
                del one["received_at"]
        assert seen == own
    assert seen["evidence"]


@pytest.mark.parametrize("command", [("history", "17.1"), ("evidence", "list"), ("status",)])
def test_at_the_upper_level_a_commune_has_to_be_named(
    upper: Home, command: tuple[str, ...]
) -> None:
    ran = call_cli(*command)
    assert ran.code == 2
    assert "--commune" in ran.err


def test_evidence_is_attached_by_the_commune_alone(upper: Home, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    ran = call_cli("evidence", "add", "1.1", tmp_path / "a.txt")
    assert ran.code == 2
    assert "xã làm trên máy của xã" in ran.err
