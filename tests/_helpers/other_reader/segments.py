"""Sections 6 and 7 of the document: the bytes of a segment as changes with their full names."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from .strict import DEVICE, HASH, INCARNATION, LINE, SCOPE, Odd, check_depth, of, parse, text, whole

_READING = re.compile(r"[0-7][0-9a-f]{11}\.[0-9a-f]{4}")
_NAME = re.compile(
    rf"(?:({DEVICE.pattern})/({INCARNATION.pattern})/)?([1-9][0-9]{{0,11}}):([0-9a-f]{{16}})"
)
_END_OF_TIME = 253_402_300_799_999


@dataclass(frozen=True)
class Change:
    """One change; its name and those in `based_on` are written in full."""

    name: str
    rank: tuple[str, str, str, int, str]
    entity: str
    row: str
    field: str
    value: Any
    clock: str
    based_on: frozenset[str]


class Newer(Odd):
    """A newer program wrote this segment."""


def header(data: bytes) -> dict[str, Any]:
    """Read the first line."""
    line = data[: data.find(b"\n", 0, 1_000_000) + 1]
    body = parse(line)
    if not isinstance(body, dict) or body.get("kind") != "segment":
        raise Odd("kind")
    if whole(body, "schema", 1) > 1:
        raise Newer("schema")
    first = whole(body, "first", 1)
    whole(body, "last", first, first + 199_999)
    officers = of(body, "officers", list)
    if not officers or not all(isinstance(one, str) and LINE.fullmatch(one) for one in officers):
        raise Odd("officers")
    if (first == 1) != (text(body, "previous", re.compile(f"|{HASH.pattern}")) == ""):
        raise Odd("previous")
    text(body, "device", DEVICE)
    text(body, "incarnation", INCARNATION)
    if len(text(body, "scope", SCOPE)) > 200:
        raise Odd("scope")
    of(body, "practice", bool)
    return body


def changes(data: bytes) -> list[Change]:
    """Read all lines."""
    head, hash16 = header(data), hashlib.sha256(data).hexdigest()[:16]
    lines = data.split(b"\n")
    if lines.pop() or max(map(len, lines)) > 1_000_000 or len(data) > 64_000_000:
        raise Odd("lines")
    if len(lines) - 1 != head["last"] - head["first"] + 1:
        raise Odd("number of lines")
    return [
        _change(parse(line), number, head, hash16)
        for number, line in enumerate(lines[1:], head["first"])
    ]


def _change(body: Any, number: int, head: dict[str, Any], hash16: str) -> Change:
    clock = text(body, "t", _READING)
    text(body, "a") if "a" in body else None
    since = int(clock[:12], 16) + (whole(body, "w", -(2**53) + 1) if "w" in body else 0)
    if "v" not in body or not 0 <= since <= _END_OF_TIME:
        raise Odd("v or w")
    if "o" in body:
        whole(body, "o", 0, len(head["officers"]) - 1)
    check_depth(body["v"])
    based_on = of(body, "b", list) if "b" in body else []
    if len(based_on) > 1_000:
        raise Odd("b")
    feed = (head["device"], head["incarnation"])
    return Change(
        "/".join(feed) + f"/{number}:{hash16}",
        (clock, *feed, number, hash16),
        text(body, "e"), text(body, "r"), text(body, "f"), body["v"], clock,
        frozenset(_named(one, number, head, hash16) for one in based_on),
    )  # fmt: skip


def _named(said: Any, number: int, head: dict[str, Any], hash16: str) -> str:
    feed = f"{head['device']}/{head['incarnation']}"
    if type(said) is int and head["first"] <= said < number:
        return f"{feed}/{said}:{hash16}"
    found = _NAME.fullmatch(said) if isinstance(said, str) else None
    if found is None:
        raise Odd("b")
    return said if found[1] else f"{feed}/{said}"
