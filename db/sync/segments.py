"""Segments: consecutive changes of one feed as JSON Lines, the bytes that a device signs.

The first line is the header, each further line one change. A change is an object of single
letters, left out where the usual holds:

    t  clock reading
    w  milliseconds from the clock reading to the wall clock (0 when left out)
    o  number of the officer in the header's list (0 when left out)
    a  action (the same as t when left out)
    e, r, f, v  entity, row, field, value
    b  based_on: a number for a change of this segment, "seq:hash16" for one of an earlier
       segment of this feed, "device/incarnation/seq:hash16" for any other
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from db.canonical import Json, dumps
from db.clock import is_reading, milliseconds
from db.sync.keys import DEVICE_ID
from db.sync.problems import Code, problem
from db.sync.records import SCHEMA, Ref, Segment, SegmentHeader, WireChange
from db.sync.wire import (
    INCARNATION,
    MAX_WHOLE,
    SCOPE,
    WireProblem,
    canonical,
    check_value,
    flag_of,
    list_of,
    matching,
    read_json,
    read_text,
    text_of,
    whole_of,
)

MAX_LINE = 1_000_000
"""Bytes of one line, so of one value; entry fields must keep well below."""

MAX_CHANGES = 200_000
MAX_BYTES = 64_000_000
"""Of one segment: as much as a reader holds in memory."""

BETWEEN_PAUSES = 100
"""Changes written in one go: about a millisecond's work."""

MAX_NAME = 200
MAX_BASED_ON = 1_000

_LAST_MS = 253_402_300_799_999  # the end of the year 9999, where datetime ends
_PREVIOUS = re.compile(r"|[0-9a-f]{64}")
_REF = re.compile(
    rf"(?:({DEVICE_ID.pattern})/({INCARNATION.pattern})/)?([1-9][0-9]{{0,11}}):([0-9a-f]{{16}})"
)
_quoted = json.encoder.encode_basestring  # text as JSON, letters as they are
_ODD = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def seal(
    changes: Sequence[WireChange],
    *,
    device: str,
    incarnation: str,
    scope: str,
    previous: str,
    practice: bool,
    schema: int = SCHEMA,
    pause: Callable[[], None] | None = None,
) -> bytes:
    """Write consecutive changes of one feed as a segment; the same changes give the same bytes.

    Args:
        changes: In order, numbered without gaps.
        device: Who wrote them.
        incarnation: Under which incarnation.
        scope: Whose data it is.
        previous: SHA-256 in hex of the segment before, empty for the first one.
        practice: Whether this is a practice store.
        schema: The number of the wire names used.
        pause: Called now and then, so that other threads get their turn.

    Raises:
        WireProblem: `parse` would not accept the outcome.
    """
    if not changes:
        raise WireProblem("nothing to seal")
    officers = tuple(dict.fromkeys(change.officer for change in changes))
    first = changes[0].seq
    header = SegmentHeader(
        device, incarnation, scope, first, first + len(changes) - 1,
        previous, schema, officers, practice,
    )  # fmt: skip
    return seal_under(header, changes, pause)


def seal_under(
    header: SegmentHeader,
    changes: Iterable[WireChange],
    pause: Callable[[], None] | None = None,
) -> bytes:
    """Write the changes that a header announces, each let go of as soon as it is written.

    Raises:
        WireProblem: `parse` would not accept the outcome.
    """
    _header_in(_header_out(header), header.schema)
    lines = [canonical(_header_out(header))]
    numbers = {officer: number for number, officer in enumerate(header.officers)}
    seq = header.first - 1
    for seq, change in enumerate(changes, header.first):
        if change.seq != seq:
            raise WireProblem("changes are not numbered without gaps")
        if pause is not None and not seq % BETWEEN_PAUSES:
            pause()
        lines.append(_change_out(change, header, numbers[change.officer]))
    if seq != header.last:
        raise WireProblem("the number of changes does not fit the header")
    data = b"\n".join(lines) + b"\n"
    if max(map(len, lines)) > MAX_LINE or len(data) > MAX_BYTES:
        raise WireProblem("too long")
    return data


def parse(data: bytes, newest: int = SCHEMA) -> Segment:
    """Read a segment; references to its own changes receive its hash.

    Args:
        data: The bytes as they were signed.
        newest: The highest schema number that can be understood.

    Raises:
        BundleProblem: `newer_schema` or `bad_segment`.
    """
    try:
        lines = _lines(data)
        header = _header_in(read_json(lines[0]), newest)
        if len(lines) - 1 != header.last - header.first + 1:
            raise WireProblem("the number of lines does not fit the header")
        whole_hash = hashlib.sha256(data).hexdigest()
        changes = tuple(
            _change_in(read_json(line), seq, header, whole_hash[:16])
            for seq, line in enumerate(lines[1:], header.first)
        )
    except WireProblem as error:
        raise problem(Code.BAD_SEGMENT) from error
    return Segment(header, changes, whole_hash)


def parse_header(data: bytes, newest: int = SCHEMA) -> SegmentHeader:
    """Read the first line of a segment only.

    Raises:
        BundleProblem: `newer_schema` or `bad_segment`.
    """
    line = data[: data.find(b"\n", 0, MAX_LINE) + 1]
    try:
        return _header_in(read_json(read_text(line)), newest)
    except WireProblem as error:
        raise problem(Code.BAD_SEGMENT) from error


def hash_of(data: bytes) -> str:
    """The SHA-256 in hex by which a segment is named and chained."""
    return hashlib.sha256(data).hexdigest()


def _lines(data: bytes) -> list[str]:
    if len(data) > MAX_BYTES or data.count(b"\n") > MAX_CHANGES + 1:
        raise WireProblem("too long")
    pieces = data.split(b"\n")
    if pieces.pop() != b"":
        raise WireProblem("the last line does not end")
    if not pieces or max(map(len, pieces)) > MAX_LINE:
        raise WireProblem("a line is missing or too long")
    return [read_text(piece) for piece in pieces]


def _header_out(header: SegmentHeader) -> Json:
    return {
        "kind": "segment",
        "device": header.device,
        "incarnation": header.incarnation,
        "scope": header.scope,
        "first": header.first,
        "last": header.last,
        "previous": header.previous,
        "schema": header.schema,
        "officers": list(header.officers),
        "practice": header.practice,
    }


def _header_in(body: Json, newest: int) -> SegmentHeader:
    if not isinstance(body, dict) or body.get("kind") != "segment":
        raise WireProblem("not the header of a segment")
    schema = whole_of(body, "schema", 1)
    if schema > newest:
        raise problem(Code.NEWER_SCHEMA)
    first = whole_of(body, "first", 1)
    officers = list_of(body, "officers")
    if not officers or not all(isinstance(name, str) and _is_name(name) for name in officers):
        raise WireProblem("officers: not a list of names")
    previous = matching(body, "previous", _PREVIOUS)
    if (first == 1) != (previous == ""):
        raise WireProblem("previous: does not fit the first number")
    return SegmentHeader(
        device=matching(body, "device", DEVICE_ID),
        incarnation=matching(body, "incarnation", INCARNATION),
        scope=_scope(body),
        first=first,
        last=whole_of(body, "last", first, first + MAX_CHANGES - 1),
        previous=previous,
        schema=schema,
        officers=tuple(officers),
        practice=flag_of(body, "practice"),
    )


def _scope(body: dict[str, Any]) -> str:
    text_of(body, "scope", MAX_NAME)
    return matching(body, "scope", SCOPE)


def _change_out(change: WireChange, header: SegmentHeader, officer: int) -> bytes:
    """Write one change in the canonical form; by hand, since this is done for every change."""
    clock, action, value = change.clock, change.action, change.value
    _check_names(clock, change.entity, change.row, change.field, action)
    if type(value) is not str:
        check_value(value)
    parts = []
    if action != clock:
        parts.append(f'"a":{_quoted(action)}')
    if change.based_on:
        parts.append(f'"b":{_refs_out(change, header)}')
    parts.append(f'"e":{_quoted(change.entity)},"f":{_quoted(change.field)}')
    if officer:
        parts.append(f'"o":{officer}')
    said = _quoted(value) if type(value) is str else dumps(value)
    parts.append(f'"r":{_quoted(change.row)},"t":"{clock}","v":{said}')
    if wait := _in_time(change.written_at) - milliseconds(clock):
        parts.append(f'"w":{wait}')
    try:
        return ("{" + ",".join(parts) + "}").encode("utf-8")
    except UnicodeEncodeError:
        raise WireProblem("text with half a character") from None


def _refs_out(change: WireChange, header: SegmentHeader) -> str:
    if len(change.based_on) > MAX_BASED_ON:
        raise WireProblem("b: not a list of references")
    written = []
    for named in change.based_on:
        ref = _ref_out(named, header)
        if type(ref) is int and header.first <= ref < change.seq:
            written.append(str(ref))
        else:
            _ref_in(ref, change.seq, header, "")
            written.append(f'"{ref}"')
    return f"[{','.join(written)}]"


def _ref_out(ref: Ref, header: SegmentHeader) -> int | str:
    own = ref.device == header.device and ref.incarnation == header.incarnation
    if not ref.segment16:
        if not own:
            raise WireProblem("a change of another feed is named without its segment")
        return ref.seq
    place = f"{ref.seq}:{ref.segment16}"
    return place if own else f"{ref.device}/{ref.incarnation}/{place}"


def _change_in(body: Json, seq: int, header: SegmentHeader, own_hash: str) -> WireChange:
    try:
        clock, entity, row, field, value = body["t"], body["e"], body["r"], body["f"], body["v"]
    except (KeyError, TypeError, IndexError):
        raise WireProblem("a part of the change is missing") from None
    action = body.get("a", clock)
    _check_names(clock, entity, row, field, action)
    if type(value) is not str:
        check_value(value)
    written_at = milliseconds(clock)
    if "w" in body:
        written_at = _in_time(written_at + whole_of(body, "w", -MAX_WHOLE))
    officer = whole_of(body, "o", 0, len(header.officers) - 1) if "o" in body else 0
    based_on = _refs_in(body["b"], seq, header, own_hash) if "b" in body else ()
    return WireChange(
        seq, clock, written_at, header.officers[officer], action,
        entity, row, field, value, based_on,
    )  # fmt: skip


def _check_names(clock: Json, entity: Json, row: Json, field: Json, action: Json) -> None:
    if not type(clock) is type(entity) is type(row) is type(field) is type(action) is str:
        raise WireProblem("a name that is not text")
    if not is_reading(clock):
        raise WireProblem("t: not a clock reading")
    if max(len(entity), len(row), len(field), len(action)) > MAX_NAME:
        raise WireProblem("a name that is too long")
    if _ODD.search(entity + row + field + action):
        raise WireProblem("a name that is not a line of text")


def _in_time(written_at: int) -> int:
    if type(written_at) is not int or not 0 <= written_at <= _LAST_MS:
        raise WireProblem("w: outside the calendar")
    return written_at


def _refs_in(refs: Json, seq: int, header: SegmentHeader, own_hash: str) -> tuple[Ref, ...]:
    if not isinstance(refs, list) or len(refs) > MAX_BASED_ON:
        raise WireProblem("b: not a list of references")
    return tuple(_ref_in(ref, seq, header, own_hash) for ref in refs)


def _ref_in(ref: Json, seq: int, header: SegmentHeader, own_hash: str) -> Ref:
    if type(ref) is int:
        if not header.first <= ref < seq:
            raise WireProblem("b: a number that is not an earlier one of this segment")
        return Ref(header.device, header.incarnation, ref, own_hash)
    match = _REF.fullmatch(ref) if isinstance(ref, str) else None
    if match is None:
        raise WireProblem("b: not a reference")
    device, incarnation, number, segment = match.groups()
    if device is None:
        device, incarnation = header.device, header.incarnation
    return Ref(device, incarnation, int(number), segment)


def _is_name(text: str) -> bool:
    return len(text) <= MAX_NAME and _ODD.search(text) is None
