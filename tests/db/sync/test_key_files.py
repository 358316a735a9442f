"""Keys put by in a file, and taken out of one on another machine."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pyrage
import pytest

from db import identity, kept_keys
from db.desk import Desk
from db.home import Home
from db.kept_keys import KeptKey
from db.problems import Refused
from db.sync.key_files import (
    MAX_FILE,
    KeyFileKind,
    KeyFileProblem,
    export_keys,
    import_keys,
    kind_of,
    read_file,
)
from db.sync.opening_keys import OpeningKey
from db.sync.reading import verify
from tests._helpers.stores import friends
from tests.db.sync.test_encrypted_bundles import lock

WORDS = "thôn Đồng Mỏ 1975"


def never() -> str:
    raise AssertionError("asked for a passphrase")


def own(home: Home) -> identity.Identity:
    found = identity.load(home.path)
    assert found is not None
    return found


def test_a_new_laptop_opens_with_the_key_that_was_put_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = friends(tmp_path)
    with one, other:
        bundle = lock(one, tmp_path / "stick").path
        assert export_keys(other.home, tmp_path / "khoa.age", WORDS) == 1
        secret = own(other.home).age_key
    data = (tmp_path / "khoa.age").read_bytes()
    assert secret.encode() not in data
    assert kind_of(data) is KeyFileKind.LOCKED
    monkeypatch.setenv("NTM_CONFIG", str(tmp_path / "new-laptop"))
    new = Home(tmp_path / "new")
    assert not verify(bundle, home=new).valid
    done = import_keys(new, data, lambda: unicodedata.normalize("NFD", WORDS))
    assert (done.new, done.known) == (1, 0)
    assert verify(bundle, home=new).valid
    assert kept_keys.read() == (KeptKey(secret, kept_keys.read()[0].device),)


def test_the_stock_tool_s_form_of_a_key_is_taken_too(founded: Home) -> None:
    key = OpeningKey.generate()
    text = f"# created: 2024-07-05\n# public key: {key.recipient}\n{key.secret_text()}\n"
    assert kind_of(text.encode()) is KeyFileKind.OPEN
    before = own(founded)
    assert import_keys(founded, text.encode(), never).new == 1
    assert import_keys(founded, text.encode(), never).known == 1
    assert own(founded) == before
    assert [one.recipient for one in kept_keys.read()] == [key.recipient]


def test_our_own_key_is_known_already(founded: Home) -> None:
    text = own(founded).age_key.encode()
    assert import_keys(founded, text, never).known == 1
    assert kept_keys.read() == ()


def test_older_keys_are_put_by_as_well_and_no_key_that_signs(founded: Home, tmp_path: Path) -> None:
    older = KeptKey(OpeningKey.generate().secret_text(), "A" * 24)
    kept_keys.add([older])
    assert export_keys(founded, tmp_path / "khoa.age", WORDS) == 2
    if sys.platform != "win32":  # which keeps rights in another way
        assert (tmp_path / "khoa.age").stat().st_mode & 0o777 == 0o600, "others can read the file"
    text = pyrage.passphrase.decrypt((tmp_path / "khoa.age").read_bytes(), WORDS).decode("utf-8")
    assert own(founded).key_pem not in text
    kept_keys.place().unlink()
    import_keys(Home(tmp_path / "new"), text.encode(), never)
    assert set(kept_keys.read()) == {older, KeptKey(own(founded).age_key, own(founded).device)}


def test_another_file_is_never_overwritten(founded: Home, tmp_path: Path) -> None:
    (tmp_path / "khoa.age").write_bytes(b"mine")
    with pytest.raises(Refused, match="Đã có tệp"):
        export_keys(founded, tmp_path / "khoa.age", WORDS)
    assert (tmp_path / "khoa.age").read_bytes() == b"mine"


def test_a_short_passphrase_is_refused(founded: Home, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="ít nhất"):
        export_keys(founded, tmp_path / "khoa.age", "ngắn")
    assert list(tmp_path.glob("khoa*")) == []


def test_there_is_nothing_to_put_by_without_a_store(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="chưa có khóa mở gói"):
        export_keys(Home(tmp_path / "none"), tmp_path / "khoa.age", WORDS)


def test_a_wrong_passphrase_and_a_damaged_file_change_nothing(
    founded: Home, tmp_path: Path
) -> None:
    export_keys(founded, tmp_path / "khoa.age", WORDS)
    data = (tmp_path / "khoa.age").read_bytes()
    for file, words in ((data, "mật khẩu khác"), (data[:-1], WORDS)):
        with pytest.raises(KeyFileProblem, match="mật khẩu chưa đúng hoặc tệp bị hỏng"):
            import_keys(Home(tmp_path / "new"), file, lambda words=words: words)  # type: ignore[misc]
    assert kept_keys.read() == ()


def test_a_file_that_asks_for_endless_work_is_refused(tmp_path: Path) -> None:
    salt, body = b"A" * 22, b"A" * 43
    data = b"age-encryption.org/v1\n-> scrypt " + salt + b" 40\n" + body + b"\n--- " + body + b"\n"
    with pytest.raises(KeyFileProblem):
        import_keys(Home(tmp_path), data + b"x" * 60, lambda: WORDS)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"hello", b"age-encryption.org/v1\n-> X25519 A\nB\n--- C\n", b"\xff"],
)
def test_what_is_no_key_file_is_said(data: bytes) -> None:
    with pytest.raises(KeyFileProblem, match="không phải tệp khóa hay thẻ máy"):
        kind_of(data)


def test_keys_that_are_none_are_not_kept(tmp_path: Path) -> None:
    for line in (b"AGE-SECRET-KEY-1QQQQ\n", b"AGE-SECRET-KEY-1" + b"Q" * 58 + b"\n"):
        with pytest.raises(KeyFileProblem, match="không có khóa mở gói nào dùng được"):
            import_keys(Home(tmp_path), line, never)
    assert kept_keys.read() == ()


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as out:
        out.truncate(MAX_FILE * 1000)
    with pytest.raises(KeyFileProblem, match="quá lớn"):
        read_file(path)


def test_the_desk_shows_no_key(founded: Home) -> None:
    secret, signing = own(founded).age_key, own(founded).key_pem.splitlines()[1]
    with Desk.open(founded) as desk:
        shown = f"{desk!r} {desk} {desk.store!r} {desk.store.identity!r} {vars(desk.store)!r}"
    assert secret not in shown
    assert signing not in shown
