"""`ntm keys`: shown, put by, taken in; cards of machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db import identity, kept_keys
from db.desk import Desk
from db.home import Home
from ntm_tui.console import passphrases
from tests._helpers.cli import call_cli, run_cli
from tests._helpers.stores import ANSWERS, found

WORDS = "thôn Đồng Mỏ 1975"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "mat-khau.txt"
    path.write_text(f"{WORDS}\r\n", encoding="utf-8")
    return path


@pytest.fixture
def other(tmp_path: Path) -> Home:
    """A laptop of the same commune that was founded by itself."""
    with found(tmp_path / "other") as desk:
        return desk.home


def secret(home: Home) -> str:
    own = identity.load(home.path)
    assert own is not None
    return own.age_key


def test_show_tells_fingerprint_and_recipient_and_no_secret(founded: Home) -> None:
    shown = call_cli("keys", "show", "--json", "--home", founded.path)
    own = identity.load(founded.path)
    assert own is not None
    assert shown.json["device"] == own.device
    assert shown.json["recipient"] == own.opening_key().recipient
    assert shown.json["old_keys"] == []
    told = call_cli("keys", "show", "--home", founded.path)
    assert shown.json["recipient"] in told.out
    assert "Mất máy hoặc mất khóa thì không ai mở được" in told.out
    assert "SECRET" not in shown.out + told.out + shown.err + told.err


def test_show_works_while_the_program_is_open_elsewhere(founded: Home) -> None:
    with Desk.open(founded):
        assert call_cli("keys", "show", "--json", "--home", founded.path).code == 0


def test_show_makes_the_key_that_an_older_program_did_not(founded: Home) -> None:
    path = identity.place_of(founded.path)
    body = json.loads(path.read_text(encoding="utf-8"))
    del body["opening_key"]
    path.write_text(json.dumps(body), encoding="utf-8")
    first = call_cli("keys", "show", "--json", "--home", founded.path).json["recipient"]
    assert first == call_cli("keys", "show", "--json", "--home", founded.path).json["recipient"]


def test_without_a_store_there_is_no_key_to_show(tmp_path: Path) -> None:
    shown = call_cli("keys", "show", "--json", "--home", tmp_path / "none")
    assert (shown.code, shown.json["error"]["code"]) == (1, "store_missing")


def test_a_key_is_put_by_and_taken_in_on_a_machine_without_a_store(
    founded: Home, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "khoa.age"
    made = call_cli(
        "keys", "export", file, "--passphrase-file", words, "--json", "--home", founded.path
    )
    assert made.json == {"kind": "keys", "path": str(file), "keys": 1}
    own = secret(founded)
    monkeypatch.setenv("NTM_CONFIG", str(tmp_path / "new-laptop"))
    taken = call_cli(
        "keys", "import", file, "--passphrase-file", words, "--json", "--home", tmp_path / "new"
    )
    assert taken.json == {"kind": "keys", "added": 1, "known": 0}
    assert [one.secret for one in kept_keys.read()] == [own]
    assert not (tmp_path / "new").exists()
    assert own not in made.out + made.err + taken.out + taken.err


def test_taking_a_key_in_changes_neither_who_we_are_nor_how_we_sign(
    founded: Home, other: Home, tmp_path: Path
) -> None:
    before = identity.load(founded.path)
    (tmp_path / "k.txt").write_text(secret(other), encoding="utf-8")
    assert call_cli("keys", "import", tmp_path / "k.txt", "--home", founded.path).code == 0
    assert identity.load(founded.path) == before
    shown = call_cli("keys", "show", "--json", "--home", founded.path).json
    assert len(shown["old_keys"]) == 1


def test_the_passphrase_is_asked_for_twice(
    founded: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([WORDS, WORDS + "x", WORDS, WORDS, WORDS])
    monkeypatch.setattr(passphrases, "_at_a_terminal", lambda: True)
    monkeypatch.setattr(passphrases, "getpass", lambda *_args, **_named: next(answers))
    differ = call_cli("keys", "export", tmp_path / "k.age", "--home", founded.path)
    assert differ.code == 1
    assert "khác nhau" in differ.err
    assert not (tmp_path / "k.age").exists()
    assert call_cli("keys", "export", tmp_path / "k.age", "--home", founded.path).code == 0
    done = call_cli("keys", "import", tmp_path / "k.age", "--home", founded.path)
    assert "1 khóa máy này đã có từ trước" in done.out


def test_without_a_terminal_the_way_out_is_named(founded: Home, tmp_path: Path) -> None:
    done = run_cli("keys", "export", tmp_path / "k.age", "--json", "--home", founded.path)
    assert (done.code, done.json["error"]["code"]) == (2, "usage")
    assert "--passphrase-file" in done.json["error"]["message"]
    assert not (tmp_path / "k.age").exists()


@pytest.mark.parametrize("data", [b"", b"ng\xe1\xba\xafn\n", b"\xff\xfe\n"])
def test_a_file_without_a_usable_passphrase_is_refused(
    founded: Home, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "pw").write_bytes(data)
    done = call_cli(
        "keys", "export", tmp_path / "k.age", "--passphrase-file", tmp_path / "pw",
        "--home", founded.path,
    )  # fmt: skip
    assert done.code != 0
    assert not (tmp_path / "k.age").exists()


def test_a_passphrase_cannot_be_given_on_the_command_line(founded: Home, tmp_path: Path) -> None:
    done = call_cli(
        "keys", "export", tmp_path / "k.age", "--passphrase", WORDS, "--home", founded.path
    )
    assert done.code == 2


def test_a_card_lets_one_encrypt_to_a_machine_once_a_person_trusts_it(
    founded: Home, other: Home, tmp_path: Path
) -> None:
    file = tmp_path / "the-may.json"
    made = call_cli("keys", "export", file, "--card", "--json", "--home", other.path)
    assert made.json["kind"] == "card"
    assert "SECRET" not in file.read_text(encoding="utf-8")
    taken = call_cli("keys", "import", file, "--json", "--home", founded.path)
    assert taken.json["fingerprint"] == made.json["fingerprint"]
    assert taken.json["trust"] == ""
    assert taken.json["recipient"].startswith("age1")
    sending = ("export", "--for", "all", "--encrypt", "--to", tmp_path / "s", "--json")
    assert call_cli(*sending, "--home", founded.path).code == 1
    call_cli("devices", "trust", made.json["fingerprint"], "--home", founded.path)
    sent = call_cli(*sending, "--home", founded.path)
    assert [it["device"] for it in sent.json["readers"]] == [taken.json["device"]]
    assert call_cli("verify", sent.json["path"], "--home", other.path).code == 0


def test_our_own_card_and_an_altered_one_are_refused(
    founded: Home, other: Home, tmp_path: Path
) -> None:
    call_cli("keys", "export", tmp_path / "own", "--card", "--home", founded.path)
    own = call_cli("keys", "import", tmp_path / "own", "--home", founded.path)
    assert "chính máy này" in own.err
    call_cli("keys", "export", tmp_path / "card", "--card", "--home", other.path)
    text = (tmp_path / "card").read_text(encoding="utf-8")
    (tmp_path / "card").write_text(text.replace(ANSWERS.commune, "Khac Xa"), encoding="utf-8")
    altered = call_cli("keys", "import", tmp_path / "card", "--home", founded.path)
    assert (own.code, altered.code) == (1, 1)
    assert "chữ ký không đúng" in altered.err


def test_a_bundle_given_as_a_key_file_is_named(founded: Home, tmp_path: Path) -> None:
    made = call_cli("export", "--to", tmp_path / "s", "--json", "--home", founded.path)
    done = call_cli("keys", "import", made.json["path"], "--home", founded.path)
    assert done.code == 1
    assert "ntm import" in done.err


def test_a_missing_file_and_a_missing_folder_are_told(founded: Home, tmp_path: Path) -> None:
    gone = call_cli("keys", "import", tmp_path / "none", "--home", founded.path)
    assert (gone.code, "không tìm thấy" in gone.err) == (1, True)
    nowhere = call_cli("keys", "export", tmp_path / "no" / "card", "--card", "--home", founded.path)
    assert (nowhere.code, "không tìm thấy" in nowhere.err) == (1, True)


def test_a_crash_tells_no_key(
    founded: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever breaks while keys are at hand, neither the screen nor the log shows them."""
    from db.sync import key_files

    own = secret(founded)
    (tmp_path / "k.txt").write_text(own, encoding="utf-8")

    def breaks(keys: object) -> int:
        raise ValueError(f"{own} {keys!r}")

    monkeypatch.setattr(key_files.kept_keys, "add", breaks)
    done = call_cli("keys", "import", tmp_path / "k.txt", "--home", founded.path)
    log = "".join(path.read_text(encoding="utf-8") for path in founded.logs.iterdir())
    assert done.code == 1
    assert "ValueError" in log
    assert own not in log + done.out + done.err


def test_devices_list_says_who_has_a_key(founded: Home) -> None:
    listed = call_cli("devices", "list", "--json", "--home", founded.path).json["devices"]
    assert [it["own"] for it in listed] == [True]
    assert listed[0]["recipient"].startswith("age1")
