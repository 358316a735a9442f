"""Archives written byte by byte, so that a test can let any of their fields lie."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

STORED, DEFLATED = 0, 8
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
Lies = Mapping[str, int]


@dataclass(frozen=True)
class Entry:
    """One file of an archive. `local` and `central` say what its two headers say instead.

    `packed` are its bytes in the archive where they are not made from `data`; `after` are bytes
    that lie behind it, `local_name` what the header before its bytes calls it.
    """

    name: str
    data: bytes
    method: int = DEFLATED
    local: Lies = field(default_factory=dict)
    central: Lies = field(default_factory=dict)
    packed: bytes | None = None
    local_extra: bytes = b""
    central_extra: bytes = b""
    comment: bytes = b""
    after: bytes = b""
    local_name: str | None = None

    @property
    def bytes_in_archive(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return _deflated(self.data) if self.method == DEFLATED else self.data

    @property
    def facts(self) -> dict[str, int]:
        """What both headers say of it when they tell the truth."""
        return {
            "version": 20,
            "flags": 0 if self.name.isascii() else 0x800,
            "method": self.method,
            "time": 0x4D00,
            "date": 0x58E5,
            "crc": zlib.crc32(self.data),
            "packed": len(self.bytes_in_archive),
            "size": len(self.data),
        }

    def local_header(self) -> bytes:
        named = (self.name if self.local_name is None else self.local_name).encode()
        said = {**self.facts, "signature": 0x04034B50, **self.local}
        head = _LOCAL.pack(
            struct.pack("<L", said["signature"]), said["version"], said["flags"], said["method"],
            said["time"], said["date"], said["crc"], said["packed"], said["size"],
            said.get("name_length", len(named)), said.get("extra_length", len(self.local_extra)),
        )  # fmt: skip
        return head + named + self.local_extra

    def central_header(self, offset: int) -> bytes:
        named = self.name.encode()
        said = {
            **self.facts, "made_by": 3 << 8 | 20, "mode": 0o100644 << 16, "offset": offset,
            "disk": 0, "internal": 0, **self.central,
        }  # fmt: skip
        head = _CENTRAL.pack(
            b"PK\x01\x02", said["made_by"], said["version"], said["flags"], said["method"],
            said["time"], said["date"], said["crc"], said["packed"], said["size"], len(named),
            len(self.central_extra), len(self.comment), said["disk"], said["internal"],
            said["mode"], said["offset"],
        )  # fmt: skip
        return head + named + self.central_extra + self.comment


@lru_cache(maxsize=200)
def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def pack(
    entries: Sequence[Entry],
    *,
    before: bytes = b"",
    between: bytes = b"",
    end: Lies | None = None,
    end_64: Lies | None = None,
    locator: Lies | None = None,
    behind_64: bytes = b"",
) -> bytes:
    """Write an archive that ends as a bundle does: with the hash of all that comes before.

    Args:
        entries: its files.
        before: bytes ahead of the first file.
        between: bytes between the last file and the table of contents.
        end: what the end record says instead of the truth.
        end_64: there is a 64-bit end record, and what it says instead of the truth.
        locator: what the record that leads to it says instead of the truth.
        behind_64: bytes between the two end records.
    """
    body, places = bytearray(before), []
    for entry in entries:
        places.append(len(body))
        body += entry.local_header() + entry.bytes_in_archive + entry.after
    body += between
    start = len(body)
    for entry, place in zip(entries, places, strict=True):
        body += entry.central_header(place)
    truth = {"count": len(entries), "length": len(body) - start, "start": start, "disk": 0}
    if end_64 is not None:
        body += _end_64({**truth, **end_64}, {"at": len(body), "disks": 1, **(locator or {})})
        body += behind_64
    body += _end({**truth, **(end or {})})
    return bytes(body) + hashlib.sha256(body).hexdigest().encode("ascii")


def _end(said: Lies) -> bytes:
    return _END.pack(
        b"PK\x05\x06", said["disk"], said.get("start_disk", said["disk"]),
        said.get("count_here", said["count"]), said["count"], said["length"], said["start"],
        said.get("comment", 64),
    )  # fmt: skip


def _end_64(said: Lies, leads: Lies) -> bytes:
    record = _END_64.pack(
        b"PK\x06\x06", said.get("own_length", 44), 45, 45, said["disk"], said["disk"],
        said.get("count_here", said["count"]), said["count"], said["length"], said["start"],
    )  # fmt: skip
    return record + _LOCATOR.pack(b"PK\x06\x07", 0, leads["at"], leads["disks"])
