"""What a bundle says of itself: `data/bundle.json`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from db.clock import VIETNAM
from db.sync import layout
from db.sync.keys import DEVICE_ID
from db.sync.problems import Code, problem
from db.sync.records import SCHEMA, SegmentHeader
from db.sync.wire import (
    INCARNATION,
    SCOPE,
    WireProblem,
    canonical,
    flag_of,
    list_of,
    matching,
    object_of,
    read_object,
    text_of,
    whole_of,
)

_CREATED = "%Y-%m-%dT%H:%M:%SZ"
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class ReceiverKind(StrEnum):
    """For whom a bundle was made."""

    UPPER = "upper"
    ALL = "all"
    DEVICE = "device"


@dataclass(frozen=True)
class Receiver:
    """For whom a bundle was made; `device` is set for one device only."""

    kind: ReceiverKind = ReceiverKind.UPPER
    device: str = ""


@dataclass(frozen=True, order=True)
class FeedSpan:
    """Which changes of one feed a bundle carries."""

    device: str
    incarnation: str
    scope: str
    first: int
    last: int


@dataclass(frozen=True)
class Counts:
    """How much a bundle carries; `bytes` of its payload without this description."""

    changes: int = 0
    evidence: int = 0
    bytes: int = 0


@dataclass(frozen=True)
class BundleInfo:
    """The description of a bundle. The writer fills in `feeds` and `counts` itself.

    `number` counts the sender's bundles of one day; `created` is in UTC, whole seconds.
    """

    sender: str
    commune_code: str
    commune_name: str
    created: datetime
    number: int
    program: str
    practice: bool
    receiver: Receiver = Receiver()
    full: bool = False
    feeds: tuple[FeedSpan, ...] = ()
    counts: Counts = Counts()
    schema: int = SCHEMA

    @property
    def day(self) -> date:
        """The day of writing on a Vietnamese calendar."""
        return self.created.astimezone(VIETNAM).date()

    @property
    def local(self) -> datetime:
        """The moment of writing on a Vietnamese clock."""
        return self.created.astimezone(VIETNAM)

    @property
    def name(self) -> str:
        """The name of the bundle, which is that of the one folder in it."""
        return layout.top_folder(self.commune_code, self.sender, self.day, self.number)


def spans(headers: Iterable[SegmentHeader]) -> tuple[FeedSpan, ...]:
    """What these segments carry, feed by feed."""
    found: dict[tuple[str, str, str], FeedSpan] = {}
    for header in headers:
        span = found.get(header.feed) or FeedSpan(*header.feed, header.first, header.last)
        found[header.feed] = replace(
            span, first=min(span.first, header.first), last=max(span.last, header.last)
        )
    return tuple(sorted(found.values()))


def write_info(info: BundleInfo) -> bytes:
    """The bytes of `data/bundle.json`."""
    receiver: dict[str, Any] = {"kind": info.receiver.kind.value}
    if info.receiver.kind is ReceiverKind.DEVICE:
        receiver["device"] = info.receiver.device
    body = {
        "format": layout.FORMAT,
        "schema": info.schema,
        "practice": info.practice,
        "created": info.created.astimezone(UTC).strftime(_CREATED),
        "sender": info.sender,
        "commune": {"code": info.commune_code, "name": info.commune_name},
        "receiver": receiver,
        "full": info.full,
        "feeds": [_span_out(span) for span in info.feeds],
        "counts": {
            "changes": info.counts.changes,
            "evidence": info.counts.evidence,
            "bytes": info.counts.bytes,
        },
        "number": info.number,
        "program": info.program,
    }
    return canonical(body) + b"\n"


def read_info(data: bytes) -> BundleInfo:
    """Read `data/bundle.json`.

    Raises:
        BundleProblem: `newer_format` or `bad_description`.
    """
    try:
        body = read_object(data)
        if whole_of(body, "format", 1) > layout.FORMAT:
            raise problem(Code.NEWER_FORMAT)
        commune = object_of(body, "commune")
        return BundleInfo(
            sender=matching(body, "sender", DEVICE_ID),
            commune_code=matching(commune, "code", SCOPE),
            commune_name=text_of(commune, "name"),
            created=_created(body),
            number=whole_of(body, "number", 1, 999_999),
            program=text_of(body, "program"),
            practice=flag_of(body, "practice"),
            receiver=_receiver(object_of(body, "receiver")),
            full=flag_of(body, "full"),
            feeds=tuple(_span_in(span) for span in list_of(body, "feeds")),
            counts=_counts(object_of(body, "counts")),
            schema=whole_of(body, "schema", 1),
        )
    except WireProblem as error:
        raise problem(Code.BAD_DESCRIPTION) from error


def is_newer(data: bytes) -> bool:
    """Whether a newer program wrote this description, whatever else it holds."""
    try:
        return whole_of(read_object(data), "format", 1) > layout.FORMAT
    except WireProblem:
        return False


def _created(body: dict[str, Any]) -> datetime:
    written = matching(body, "created", _WRITTEN)
    try:
        moment = datetime.strptime(written, _CREATED).replace(tzinfo=UTC)
        moment.astimezone(VIETNAM)
    except (ValueError, OverflowError):
        raise WireProblem("created: no such moment") from None
    return moment


def _receiver(body: dict[str, Any]) -> Receiver:
    kind = text_of(body, "kind")
    if kind not in {known.value for known in ReceiverKind}:
        raise WireProblem("receiver: of an unknown kind")
    to_one = kind == ReceiverKind.DEVICE
    return Receiver(ReceiverKind(kind), matching(body, "device", DEVICE_ID) if to_one else "")


def _counts(body: dict[str, Any]) -> Counts:
    return Counts(*(whole_of(body, name) for name in ("changes", "evidence", "bytes")))


def _span_out(span: FeedSpan) -> dict[str, Any]:
    return {
        "device": span.device,
        "incarnation": span.incarnation,
        "scope": span.scope,
        "first": span.first,
        "last": span.last,
    }


def _span_in(body: Any) -> FeedSpan:
    if not isinstance(body, dict):
        raise WireProblem("feeds: not a list of feeds")
    first = whole_of(body, "first", 1)
    return FeedSpan(
        device=matching(body, "device", DEVICE_ID),
        incarnation=matching(body, "incarnation", INCARNATION),
        scope=matching(body, "scope", SCOPE),
        first=first,
        last=whole_of(body, "last", first),
    )
