"""The BagIt 1.0 side of a bundle (RFC 8493): manifests and the files beside the payload."""

import hashlib
import re
from collections.abc import Mapping

from db.sync.info import BundleInfo
from db.sync.keys import crockford
from db.sync.problems import Code, problem

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_CODE_LENGTH = 6
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)")
_OXUM = re.compile(rb"^Payload-Oxum: ([0-9]+)\.([0-9]+)$", re.MULTILINE)


def write_manifest(hashes: Mapping[str, str]) -> bytes:
    """A manifest: one line for each file, its SHA-256 and its name, sorted by name."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)).encode("ascii")


def read_manifest(data: bytes) -> dict[str, str]:
    """The SHA-256 of each file that a manifest lists.

    Raises:
        BundleProblem: `bag_form`: a line of another form, or a name listed twice.
    """
    try:
        lines = data.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise problem(Code.BAG_FORM) from None
    matches = [_LINE.fullmatch(line) for line in lines[:-1]]
    found = {match[2]: match[1] for match in matches if match}
    if lines[-1] or len(found) != len(lines) - 1:
        raise problem(Code.BAG_FORM)
    return found


def bundle_code(manifest: bytes) -> str:
    """The six characters by which two people make sure that they mean the same bundle.

    They guard against mix-ups, not against forgers.
    """
    return crockford(hashlib.sha256(manifest).digest(), _CODE_LENGTH)


def write_bag_info(info: BundleInfo, office: str, payload_bytes: int, payload_files: int) -> bytes:
    """`bag-info.txt`, readable by people and by BagIt tools."""
    lines = (
        f"Source-Organization: {office or info.commune_name}",
        f"Bagging-Date: {info.day.isoformat()}",
        f"External-Identifier: {info.name}",
        f"Bag-Software-Agent: {info.program}",
        f"Payload-Oxum: {payload_bytes}.{payload_files}",
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def read_oxum(bag_info: bytes) -> tuple[int, int] | None:
    """The bytes and files of the payload that `bag-info.txt` states, if it does so once."""
    found = _OXUM.findall(bag_info)
    if len(found) != 1 or max(map(len, found[0])) > 18:
        return None
    return (int(found[0][0]), int(found[0][1]))
