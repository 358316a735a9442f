"""A receipt alone, as a small text file: words for people, then what the program reads, signed.

What is signed are the lines before the signature, each ended as Windows ends lines, so that the
file looks right in Notepad and a copy that lost those ends still holds.
"""

import base64
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db.sync import cards, receipts
from db.sync.cards import Card
from db.sync.keys import DeviceKey, public_pem, verify
from db.sync.problems import BundleProblem, Code, problem
from db.sync.receipts import Receipt
from db.sync.signed import MAX_STATEMENT

SUFFIX = ".receipt"
TITLE = "BIÊN NHẬN GÓI SỐ LIỆU NÔNG THÔN MỚI"
FORMAT = 1
"""The number of the file's form; a higher one asks for a newer program."""

_WIDTH = 64
_MOST = 2 * MAX_STATEMENT
_BOM = b"\xef\xbb\xbf"
_FOR_PROGRAMS = "===== Phần dành cho máy, xin đừng sửa ====="
_BEGINS, _SIGNED_UNTIL = "\nntm-receipt: ", "-----BEGIN NTM SIGNATURE-----\n"
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_ENDS = "-----END NTM SIGNATURE-----\n"
_STATEMENTS = re.compile(r"card: (?P<card>[^\n]*)\nreceipt: (?P<receipt>[^\n]*)\n")


@dataclass(frozen=True)
class ReceiptFile:
    """A receipt whose signature holds, with the card of the device that signed it."""

    card: Card
    card_data: bytes
    receipt: Receipt
    receipt_data: bytes


def compose(key: DeviceKey, words: Sequence[str], card: bytes, receipt: bytes) -> bytes:
    """Write and sign the file.

    Args:
        key: the device's.
        words: lines for people; they are signed too.
        card: the device's card.
        receipt: its receipt, as it lies in a bundle.
    """
    statements = [f"card: {card.decode()}".rstrip(), f"receipt: {receipt.decode()}".rstrip()]
    lines = [TITLE, *words, "", _FOR_PROGRAMS, f"{_BEGINS.strip()} {FORMAT}", *statements, ""]
    signed = _as_signed("\n".join(lines))
    return signed + _as_signed(_outside(key.sign(signed), key.public) + "\n")


def read(path: Path) -> ReceiptFile:
    """Read a receipt and check that nothing of it was changed.

    Raises:
        BundleProblem: `missing`, `unreadable`, `not_receipt`, `receipt_changed`, `newer_receipt`.
    """
    try:
        with path.open("rb") as source:
            data = source.read(_MOST + 1)
    except FileNotFoundError:
        raise problem(Code.MISSING) from None
    except OSError as error:
        raise problem(Code.UNREADABLE) from error
    return parse(data)


def parse(data: bytes) -> ReceiptFile:
    """Take the bytes of such a file apart.

    Raises:
        BundleProblem: as `read`.
    """
    text = _text(data)
    if not text.startswith(TITLE):
        raise problem(Code.NOT_RECEIPT)
    signed, _, outside = text.rpartition(_SIGNED_UNTIL)
    number, _, statements = (signed or text).partition(_BEGINS)[2].partition("\n")
    if _NUMBER.fullmatch(number) and int(number) > FORMAT:
        raise problem(Code.NEWER_RECEIPT)
    stated = _STATEMENTS.fullmatch(statements)
    if stated is None:
        raise problem(Code.RECEIPT_CHANGED)
    try:
        return _checked(signed, stated, outside)
    except (BundleProblem, ValueError) as error:
        raise problem(Code.RECEIPT_CHANGED) from error


def _checked(signed: str, stated: re.Match[str], outside: str) -> ReceiptFile:
    card_data, receipt_data = (stated[it].encode() + b"\n" for it in ("card", "receipt"))
    card = cards.read(card_data)
    signature = base64.b64decode(outside.partition(_ENDS)[0])
    fits = _SIGNED_UNTIL + outside.rstrip("\n") == _outside(signature, card.public)
    if not fits or not verify(card.public, signature, _as_signed(signed)):
        raise problem(Code.RECEIPT_CHANGED)
    return ReceiptFile(card, card_data, receipts.read(receipt_data, card), receipt_data)


def _outside(signature: bytes, public: bytes) -> str:
    """Write what follows the signed lines: the signature, and the key to check it with."""
    lines = textwrap.wrap(base64.b64encode(signature).decode(), _WIDTH)
    return "\n".join([_SIGNED_UNTIL.rstrip(), *lines, _ENDS + public_pem(public).decode().rstrip()])


def is_receipt(path: Path) -> bool:
    """Tell whether a file is one, by its name or, under another name, by how it begins."""
    if path.suffix.lower() == SUFFIX:
        return True
    try:
        with path.open("rb") as source:
            return source.read(100).removeprefix(_BOM).startswith(TITLE.encode())
    except OSError:
        return False


def _text(data: bytes) -> str:
    if len(data) > _MOST:
        raise problem(Code.NOT_RECEIPT)
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        raise problem(Code.NOT_RECEIPT) from None
    return text.replace("\r\n", "\n")


def _as_signed(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8")
