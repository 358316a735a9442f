"""Section 2 of the document: the names of files, and the bag that lists and signs them."""

import base64
import hashlib
import re

from .archive import Unsound
from .ed25519 import verify
from .strict import DEVICE, HASH, INCARNATION, Odd, parse_object, whole

TAGS = ("bag-info.txt", "bagit.txt", "device.pem", "index.html", "manifest-sha256.txt")
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
OPTIONAL_TAGS = ("ket-qua.xlsx",)
_ENDINGS = (
    "bin|bmp|csv|doc|docx|gif|heic|jpeg|jpg|odp|ods|odt|pdf|png|ppt|pptx|rtf|tif|tiff|txt|webp"
    "|xls|xlsx"
)
_SEGMENT = (
    rf"data/segments/{DEVICE.pattern}-{INCARNATION.pattern}-[0-9a-f]{{8}}"
    r"-[1-9][0-9]{0,11}-[1-9][0-9]{0,11}-[0-9a-f]{16}\.jsonl"
)
_NAMES = re.compile(
    "|".join(map(re.escape, (*TAGS, *OPTIONAL_TAGS)))
    + r"|tagmanifest-sha256\.txt(\.sig)?|data/bundle\.json|data/receipt\.json"
    + rf"|data/cards/{DEVICE.pattern}\.json|data/evidence/{HASH.pattern}\.({_ENDINGS})"
    + rf"|{_SEGMENT}(\.sig)?"
)
_REQUIRED = {*TAGS, "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig", "data/bundle.json"}
_PEM = re.compile(rb"-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\s*")
_DER = bytes.fromhex("302a300506032b6570032100")


def check_names(files: dict[str, bytes]) -> None:
    """Refuse a newer form, names that the format does not have, and what is missing."""
    try:
        if whole(parse_object(files.get("data/bundle.json", b"")), "format", 1) > 1:
            raise Unsound("newer_format")
    except Odd:
        pass
    for name in files:
        if not _NAMES.fullmatch(name):
            raise Unsound("unknown_member", name)
    if not files.keys() >= _REQUIRED:
        raise Unsound("member_missing")


def check_bag(files: dict[str, bytes]) -> bytes:
    """Check lists, hashes and signature; gives the raw public key that signed."""
    if files["bagit.txt"] != BAGIT:
        raise Unsound("bag_form", "bagit.txt")
    pem = _PEM.fullmatch(files["device.pem"])
    der = base64.b64decode(pem[1]) if pem else b""
    if der[:12] != _DER or len(der) != 44:
        raise Unsound("sender_key", "device.pem")
    tags = files["tagmanifest-sha256.txt"]
    if not verify(der[12:], files["tagmanifest-sha256.txt.sig"], tags):
        raise Unsound("bag_signature")
    listed = _list(tags)
    if listed.keys() != {*TAGS, *(name for name in OPTIONAL_TAGS if name in files)}:
        raise Unsound("bag_form", "tagmanifest-sha256.txt")
    _check_hashes(files, listed)
    payload = _list(files["manifest-sha256.txt"])
    if payload.keys() != {name for name in files if name.startswith("data/")}:
        raise Unsound("not_listed")
    _check_hashes(files, payload)
    total = sum(len(files[name]) for name in payload)
    sums = re.findall(rb"^Payload-Oxum: ([0-9]+\.[0-9]+)$", files["bag-info.txt"], re.MULTILINE)
    if sums != [f"{total}.{len(payload)}".encode()]:
        raise Unsound("bag_form", "bag-info.txt")
    return der[12:]


def _list(data: bytes) -> dict[str, str]:
    lines = data.split(b"\n")
    forms = [re.fullmatch(rb"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)", line) for line in lines[:-1]]
    found = {form[2].decode(): form[1].decode() for form in forms if form}
    if lines[-1] or len(found) != len(lines) - 1:
        raise Unsound("bag_form")
    return found


def _check_hashes(files: dict[str, bytes], listed: dict[str, str]) -> None:
    for name, wanted in listed.items():
        found = hashlib.sha256(files[name]).hexdigest()
        evidence = name.startswith("data/evidence/") and name[14:78] != found
        if found != wanted or evidence:
            raise Unsound("hash_mismatch", name)
