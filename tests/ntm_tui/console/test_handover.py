from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from db.home import Home
from tests._helpers.cli import call_cli
from tests._helpers.stores import device, found, pass_on, second, send, set_note


@pytest.fixture
def sent(tmp_path: Path) -> tuple[Path, Home, str]:
    """A bundle for one machine, the home that wrote it, and the id of the machine it is for."""
    with found(tmp_path / "one") as one, second(one, tmp_path / "other") as other:
        pass_on(other, one, tmp_path / "known", trust=True)
        set_note(one, "17.8", "mới")
        return send(one, tmp_path / "usb", device(other)).path, one.home, device(other)


def test_the_sheet_lies_beside_the_bundle_and_names_both_machines(
    sent: tuple[Path, Home, str],
) -> None:
    bundle, home, receiver = sent
    made = call_cli("handover", bundle, "--home", home.path, "--json")
    assert made.code == 0
    path = Path(made.json["path"])
    assert path == bundle.with_name(f"{bundle.stem}_bien-ban.html")
    assert made.json["receiver"] == receiver
    assert made.json["sha256"] == hashlib.sha256(bundle.read_bytes()).hexdigest()
    assert made.json["sha256"] in path.read_text("utf-8")
    again = call_cli("handover", bundle, "--home", home.path)
    assert again.code == 0 and made.json["code"] in again.out


def test_the_receiving_machine_is_named_where_the_sheet_is_made_there(
    sent: tuple[Path, Home, str], tmp_path: Path
) -> None:
    bundle, _, receiver = sent
    made = call_cli("handover", bundle, "--home", tmp_path / "other", "--json")
    assert made.json["receiver"] == receiver


def test_it_needs_no_store(sent: tuple[Path, Home, str], tmp_path: Path) -> None:
    bundle, _, _ = sent
    out = tmp_path / "bb.html"
    made = call_cli("handover", bundle, "--out", out, "--home", tmp_path / "none", "--json")
    assert made.code == 0 and made.json["receiver"] == ""
    assert out.exists() and not (tmp_path / "none").exists()


def test_a_named_file_that_is_there_is_not_replaced(
    sent: tuple[Path, Home, str], tmp_path: Path
) -> None:
    bundle, home, _ = sent
    kept = tmp_path / "quan-trong.html"
    kept.write_text("của tôi", encoding="utf-8")
    refused = call_cli("handover", bundle, "--out", kept, "--home", home.path)
    assert refused.code == 1 and "Chưa có gì được ghi" in refused.err
    assert kept.read_text("utf-8") == "của tôi"


def test_no_sheet_of_a_damaged_bundle(sent: tuple[Path, Home, str]) -> None:
    bundle, home, _ = sent
    bundle.write_bytes(bundle.read_bytes()[:-9])
    refused = call_cli("handover", bundle, "--home", home.path, "--json")
    assert refused.code == 1 and refused.json["error"]["code"] == "truncated"
    assert not list(bundle.parent.glob("*.html"))


def test_an_export_makes_it_at_once(sent: tuple[Path, Home, str], tmp_path: Path) -> None:
    _, home, _ = sent
    made = call_cli("export", "--handover", "--to", tmp_path / "x", "--home", home.path, "--json")
    assert made.code == 0
    assert made.json["code"] in Path(made.json["handover"]).read_text("utf-8")
    plain = call_cli("export", "--to", tmp_path / "y", "--home", home.path, "--json")
    assert "handover" not in plain.json
    said = call_cli("export", "--handover", "--to", tmp_path / "z", "--home", home.path)
    assert "Biên bản giao nhận: " in said.out


def test_an_encrypted_bundle_is_handed_over_as_the_file_it_is(
    sent: tuple[Path, Home, str], tmp_path: Path
) -> None:
    _, home, receiver = sent
    to = ("--for", receiver, "--full", "--encrypt", "--to", tmp_path / "x", "--home", home.path)
    exported = call_cli("export", "--handover", *to, "--json")
    assert exported.code == 0, exported.err
    bundle, sheet = Path(exported.json["path"]), Path(exported.json["handover"])
    assert bundle.name.endswith(".zip.age") and sheet.name.endswith("_bien-ban.html")
    assert hashlib.sha256(bundle.read_bytes()).hexdigest() in sheet.read_text("utf-8")
    made = call_cli("handover", bundle, "--home", tmp_path / "other", "--json")
    assert made.code == 0 and made.json["code"] == exported.json["code"]
    closed = call_cli("handover", bundle, "--home", tmp_path / "none", "--json")
    assert closed.code == 1 and closed.json["error"]["code"] == "encrypted"
