"""Devices that write without a store, so that tests can make any history and deliver it anyhow."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from db.canonical import dumps
from db.clock import Clock, milliseconds
from db.journal.heads import EXISTS
from db.sync import cards
from db.sync.cards import Role
from db.sync.keys import DeviceKey
from db.sync.layout import segment_name
from db.sync.parts import BundleSegment
from db.sync.records import Ref, Segment, WireChange
from db.sync.segments import hash_of, parse, parse_header, seal

SCOPE = "lang-son/huu-lung/cai-kinh"
AREA = "lang-son/huu-lung"
Field = tuple[str, str, str]


@dataclass(frozen=True)
class Bytes:
    """Stands for the file a segment is read from."""

    data: bytes

    def read(self, _name: str) -> bytes:
        return self.data


@dataclass(frozen=True)
class Known:
    """A change with its full name."""

    ref: Ref
    change: WireChange

    @property
    def field(self) -> Field:
        return (self.change.entity, self.change.row, self.change.field)

    @property
    def rank(self) -> tuple[str, str, str, int, str]:
        ref = self.ref
        return (self.change.clock, ref.device, ref.incarnation, ref.seq, ref.segment16)


@dataclass
class Pen:
    """A device that writes; two pens with one seed are a cloned disk."""

    seed: int
    wall: Callable[[], int]
    incarnation: str = "0001deadbeef"
    role: Role = Role.COMMUNE
    scope: str = SCOPE
    sealed: list[Segment] = field(default_factory=list)
    made: list[BundleSegment] = field(default_factory=list)
    pending: list[WireChange] = field(default_factory=list)
    seen: dict[Ref, Known] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = DeviceKey.from_seed(bytes([self.seed]) * 32)
        self.clock = Clock(wall=self.wall)

    @property
    def card(self) -> bytes:
        return cards.make(
            self.key,
            role=self.role,
            scope=SCOPE if self.role is Role.COMMUNE else AREA,
            office="UBND xã Cai Kinh",
            machine=f"máy {self.seed}",
            program="ntm 0",
        )

    def heads(self, entity: str, row: str) -> list[Known]:
        """What this device holds for the present values of a row."""
        known = [one for one in self._all() if one.field[:2] == (entity, row)]
        named = {(one.field, ref) for one in known for ref in one.change.based_on}
        return [one for one in known if (one.field, one.ref) not in named]

    def write(self, entity: str, row: str, name: str, value: Any) -> None:
        """Set a field, on top of all that this device knows of it."""
        found = self.heads(entity, row)
        whole = name == EXISTS and value is False
        based_on = [one.ref for one in found if whole or one.change.field == name]
        clock = self.clock.tick()
        self.pending.append(
            WireChange(
                seq=self._last() + len(self.pending) + 1,
                clock=clock,
                written_at=milliseconds(clock),
                officer="Cán bộ",
                action=clock,
                entity=entity,
                row=row,
                field=name,
                value=value,
                based_on=tuple(based_on),
            )
        )

    def seal(self) -> BundleSegment | None:
        if not self.pending:
            return None
        data = seal(
            self.pending,
            device=self.key.id,
            incarnation=self.incarnation,
            scope=self.scope,
            previous=self.sealed[-1].hash if self.sealed else "",
            practice=False,
        )
        self.sealed.append(parse(data))
        self.pending = []
        self.hear([self.sealed[-1]])
        made = bundle_segment(data, self.key)
        self.made.append(made)
        return made

    def hear(self, segments: Iterable[Segment]) -> None:
        """Take in what others sealed."""
        for segment in segments:
            for known in changes_of(segment):
                self.seen[known.ref] = known
                self.clock.observe(known.change.clock)

    def _all(self) -> list[Known]:
        mine = [Known(Ref(self.key.id, self.incarnation, one.seq, ""), one) for one in self.pending]
        return [*self.seen.values(), *mine]

    def _last(self) -> int:
        return self.sealed[-1].header.last if self.sealed else 0


def bundle_segment(data: bytes, key: DeviceKey) -> BundleSegment:
    header = parse_header(data)
    name = segment_name(header, hash_of(data))
    return BundleSegment(name, hash_of(data), key.sign(data), header, None, Bytes(data))  # type: ignore[arg-type]


def changes_of(segment: Segment) -> list[Known]:
    header = segment.header
    return [
        Known(Ref(header.device, header.incarnation, change.seq, segment.hash[:16]), change)
        for change in segment.changes
    ]


def expected_dump(segments: Iterable[Segment]) -> str:
    """What any store must show that accepted these segments, computed the plain way."""
    known = {one.ref: one for segment in segments for one in changes_of(segment)}
    same: dict[Any, set[Ref]] = defaultdict(set)  # copies of one change are one
    for one in known.values():
        same[_what(one)].add(one.ref)
    rows: dict[tuple[str, str], dict[str, list[Known]]] = defaultdict(lambda: defaultdict(list))
    for one in known.values():
        named = any(
            not same[_what(one)].isdisjoint(other.change.based_on) and other.field == one.field
            for other in known.values()
        )
        if not named:
            rows[one.change.entity, one.change.row][one.change.field].append(one)
    state: dict[str, dict[str, Any]] = {}
    for (entity, row), fields in rows.items():
        if _is_there(fields, same):
            state.setdefault(entity, {})[row] = _shown(fields)
    return dumps({SCOPE: state} if state else {})


def _what(one: Known) -> tuple[Any, ...]:
    return (one.field, one.change.clock, dumps(one.change.value))


def _is_there(fields: dict[str, list[Known]], same: dict[Any, set[Ref]]) -> bool:
    marks = fields.get(EXISTS, [])
    if not marks or any(mark.change.value is not False for mark in marks):
        return bool(marks)
    knew = {ref for mark in marks for ref in mark.change.based_on}
    return any(
        same[_what(head)].isdisjoint(knew)
        for name, heads in fields.items()
        if name != EXISTS
        for head in heads
    )


def _shown(fields: dict[str, list[Known]]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, heads in fields.items():
        if name == EXISTS:
            continue
        ordered = [one.change.value for one in sorted(heads, key=lambda one: one.rank)[::-1]]
        others = sorted({dumps(value) for value in ordered} - {dumps(ordered[0])})
        if ordered[0] is not None or others:
            shown[name] = ordered[0]
        if others:
            shown[f"{name}?"] = [json.loads(other) for other in others]
    return shown


def as_pen_of(pen: Pen, **changed: Any) -> Pen:
    """The same device as another copy of it would be."""
    return replace(
        pen, sealed=[*pen.sealed], made=[*pen.made], pending=[*pen.pending], seen={**pen.seen},
        **changed,
    )  # fmt: skip
