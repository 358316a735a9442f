"""Older age keys: added, never lost, never shown."""

from __future__ import annotations

import sys

import pytest

from db import kept_keys
from db.identity_file import IdentityProblem
from db.kept_keys import KeptKey
from db.sync.opening_keys import OpeningKey


def key(device: str = "") -> KeptKey:
    return KeptKey(OpeningKey.generate().secret_text(), device)


def test_there_are_none_at_first() -> None:
    assert kept_keys.read() == ()


def test_keys_are_added_each_once_and_the_newest_last() -> None:
    first, second = key("A" * 24), key()
    assert kept_keys.add([first, first]) == 1
    assert kept_keys.add([first, second]) == 1
    assert kept_keys.add([second]) == 0
    assert kept_keys.read() == (first, second)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_only_this_person_can_read_them() -> None:
    kept_keys.add([key()])
    assert kept_keys.place().stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"format":2,"keys":[]}', b'{"format":1,"keys":[5]}', b"\xff"]
)
def test_a_damaged_file_is_said_plainly_and_put_aside_at_the_next_key(damage: bytes) -> None:
    kept_keys.add([key()])
    kept_keys.place().write_bytes(damage)
    with pytest.raises(IdentityProblem, match="bị hỏng"):
        kept_keys.read()
    new = key()
    assert kept_keys.add([new]) == 1
    assert kept_keys.read() == (new,)
    (aside,) = kept_keys.place().parent.glob("*.old-*")
    assert aside.read_bytes() == damage


def test_a_key_of_an_unknown_kind_is_kept_and_names_no_recipient() -> None:
    strange = KeptKey("AGE-SECRET-KEY-PQ-1QQQ", "")
    kept_keys.add([strange])
    assert kept_keys.read() == (strange,)
    assert strange.recipient == ""


def test_a_folder_that_cannot_be_written_is_said_plainly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_keys, "write_atomic", full)
    with pytest.raises(IdentityProblem, match="Không ghi được"):
        kept_keys.add([key()])
    assert kept_keys.read() == ()
