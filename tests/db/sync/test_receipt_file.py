"""The small text file: whole, readable by people, checkable with openssl, and true or refused."""

from __future__ import annotations

import base64
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.sync import cards, receipt_file, receipts
from db.sync.cards import Role
from db.sync.keys import DeviceKey
from db.sync.problems import BundleProblem, Code
from db.sync.receipts import Receipt, Tip
from tests._helpers.bundles import INCARNATION, KEY, OTHER_KEY, SCOPE
from tests._helpers.tools import program

WORDS = ("Máy đã nhận: UBND huyện Hữu Lũng, MAY-HUYEN", "", "- 9 tệp minh chứng.")


def card(key: DeviceKey = KEY) -> bytes:
    return cards.make(
        key, role=Role.UPPER, scope="lang-son/huu-lung", office="Huyện\u2028", machine="m",
        program="p",
    )  # fmt: skip


def said(key: DeviceKey = KEY) -> bytes:
    tip = Tip(OTHER_KEY.id, INCARNATION, SCOPE, 9, "a" * 64)
    receipt = Receipt(key.id, INCARNATION, 7, SCOPE, (tip,), (), ("d" * 64,), before=("b" * 16,))
    return receipts.make(key, receipt)


FILE = receipt_file.compose(KEY, WORDS, card(), said())


def refusal(data: bytes) -> Code:
    with pytest.raises(BundleProblem) as raised:
        receipt_file.parse(data)
    return raised.value.flaw.code


def test_what_was_written_is_read() -> None:
    file = receipt_file.parse(FILE)
    assert (file.card_data, file.receipt_data) == (card(), said())
    assert file.receipt.evidence == ("d" * 64,)
    assert file.card.device == KEY.id


def test_it_begins_with_words_and_reads_well_in_an_old_notepad() -> None:
    lines = FILE.decode("utf-8").split("\r\n")
    assert lines[0] == "BIÊN NHẬN GÓI SỐ LIỆU NÔNG THÔN MỚI"
    assert tuple(lines[1:4]) == WORDS
    assert b"\n" not in FILE.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "carried",
    [
        FILE.replace(b"\r\n", b"\n"),
        b"\xef\xbb\xbf" + FILE,
        FILE + b"\r\n\r\n",
        FILE.rstrip(),
    ],
    ids=["line ends of another system", "saved by Notepad", "lines added", "last line end lost"],
)
def test_a_copy_that_says_the_same_holds(carried: bytes) -> None:
    assert receipt_file.parse(carried) == receipt_file.parse(FILE)


def test_no_word_of_it_can_be_changed() -> None:
    assert refusal(FILE.replace("9 tệp".encode(), "8 tệp".encode())) is Code.RECEIPT_CHANGED
    assert refusal(FILE.replace(b'"last":9', b'"last":8')) is Code.RECEIPT_CHANGED
    assert refusal(FILE.replace(b"MAY-HUYEN", b"MAY-XA")) is Code.RECEIPT_CHANGED


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_any_other_byte_is_seen(place: int, flip: int) -> None:
    """Line ends aside, which carry nothing."""
    data = bytearray(FILE)
    data[place] ^= flip
    try:
        read = receipt_file.parse(bytes(data))
    except BundleProblem:
        return
    before = FILE.replace(b"\r\n", b"\n").split()
    assert bytes(data).replace(b"\r\n", b"\n").split() == before
    assert read == receipt_file.parse(FILE)


@settings(deadline=None)
@given(st.integers(1, len(FILE) - 1))
def test_a_file_that_was_cut_short_is_refused(length: int) -> None:
    if FILE[:length].rstrip() != FILE.rstrip():
        assert refusal(FILE[:length]) in (Code.NOT_RECEIPT, Code.RECEIPT_CHANGED)


def test_another_s_receipt_or_card_cannot_be_put_in() -> None:
    for mixed in (
        receipt_file.compose(KEY, WORDS, card(), said(OTHER_KEY)),
        receipt_file.compose(KEY, WORDS, card(OTHER_KEY), said(OTHER_KEY)),
        receipt_file.compose(OTHER_KEY, WORDS, card(), said()),
    ):
        assert refusal(mixed) is Code.RECEIPT_CHANGED


def test_the_public_key_beside_it_is_the_one_of_the_card() -> None:
    other = FILE.replace(
        KEY.public_pem.replace(b"\n", b"\r\n"), OTHER_KEY.public_pem.replace(b"\n", b"\r\n")
    )
    assert other != FILE
    assert refusal(other) is Code.RECEIPT_CHANGED


def test_a_later_form_asks_for_a_newer_program() -> None:
    later = FILE.replace(b"ntm-receipt: 1", b"ntm-receipt: 2")
    assert refusal(later) is Code.NEWER_RECEIPT
    assert refusal(later.partition(b"-----BEGIN")[0]) is Code.NEWER_RECEIPT


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_other_file_is_none(data: bytes) -> None:
    assert refusal(data) is Code.NOT_RECEIPT


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("\n\r{}:-=ntm-receipt card12"), max_size=200))
def test_whatever_follows_the_title_is_read_or_refused(rest: str) -> None:
    with pytest.raises(BundleProblem):
        receipt_file.parse(f"{receipt_file.TITLE}\n{rest}".encode())


def test_it_is_known_by_its_name_or_by_how_it_begins(tmp_path: Path) -> None:
    for name, data, is_one in (
        ("a.receipt", b"", True),
        ("A.RECEIPT", b"", True),
        ("a.receipt.txt", FILE, True),
        ("a.txt", b"\xef\xbb\xbf" + FILE, True),
        ("a.zip", b"PK\3\4", False),
    ):
        (tmp_path / name).write_bytes(data)
        assert receipt_file.is_receipt(tmp_path / name) is is_one
    assert not receipt_file.is_receipt(tmp_path / "none.zip")


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(BundleProblem, match="Không tìm thấy tệp"):
        receipt_file.read(tmp_path / "none.receipt")
    with pytest.raises(BundleProblem, match="Không đọc được"):
        receipt_file.read(tmp_path)


@pytest.mark.needs("openssl")
def test_openssl_checks_it_as_the_documentation_says(tmp_path: Path) -> None:
    (tmp_path / "r.receipt").write_bytes(FILE)
    signed, _, rest = FILE.partition(b"-----BEGIN NTM SIGNATURE-----")
    (tmp_path / "signed").write_bytes(signed)
    signature = re.sub(rb"\s", b"", rest.partition(b"-----END")[0])
    (tmp_path / "signature").write_bytes(base64.b64decode(signature))
    checked = subprocess.run(
        [program("openssl"), "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "r.receipt",
         "-sigfile", "signature", "-in", "signed"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    (tmp_path / "signed").write_bytes(signed + b" ")
    assert subprocess.run(checked.args, cwd=tmp_path, capture_output=True, check=False).returncode
