"""Bundles of communes of any size, written without a store: what a district gets in one morning."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.sync import cards, layout
from db.sync.archive import Payload, write_bundle
from db.sync.cards import Role
from db.sync.info import BundleInfo
from db.sync.keys import DeviceKey
from db.sync.records import Ref, WireChange
from db.sync.sealing import MAX_SEALED
from db.sync.segments import hash_of, parse_header, seal

INCARNATION = "0001deadbeef"
AREA = "lang-son/huu-lung"
BEGUN_MS = 1_720_000_000_000  # 3 July 2024
VILLAGES = 12
INDICATORS = 57
STATUSES = ("met", "not_met", "in_progress")
FIELDS_OF_TASK = 5


@dataclass
class Commune:
    """A commune whose one laptop writes: tasks of five fields, and findings edited again."""

    number: int
    clock: int = BEGUN_MS
    known: dict[tuple[str, str, str], Ref] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = DeviceKey.from_seed(f"xa {self.number}".encode().ljust(32, b"."))
        self.name = f"Xã Số {self.number}"
        self.scope = f"{AREA}/so-{self.number}"

    def changes(self, count: int) -> Iterator[tuple[str, str, str, Any]]:
        """Give entity, row, field and value of so many changes."""
        made = self._work()
        for _ in range(count):
            yield next(made)

    def _work(self) -> Iterator[tuple[str, str, str, Any]]:
        yield "commune", self.scope, "_exists", True
        yield "commune", self.scope, "name", self.name
        yield "commune", self.scope, "criteria_set", "xa-ntm-2021-2025"
        turn = 0
        while True:
            yield from self._task(turn)
            for place in range(turn * FIELDS_OF_TASK, (turn + 1) * FIELDS_OF_TASK):
                yield from self._finding(place)
            turn += 1

    def _task(self, turn: int) -> Iterator[tuple[str, str, str, Any]]:
        row = f"01906b5a-0000-7000-8{self.number:03d}-{turn:012d}"
        yield "task", row, "_exists", True
        yield "task", row, "title", f"Việc thứ {turn}: rà soát đường bê tông thôn Đồng Mỏ"
        yield "task", row, "due", f"2024-{turn % 12 + 1:02d}-15"
        yield "task", row, "state", ("todo", "doing", "done")[turn % 3]
        yield "task", row, "indicator", f"{turn % 19 + 1}.1"

    def _finding(self, place: int) -> Iterator[tuple[str, str, str, Any]]:
        village = place // INDICATORS % VILLAGES
        indicator = f"{place % INDICATORS % 19 + 1}.{place % INDICATORS // 19 + 1}"
        row = f"xa-ntm-2021-2025|{indicator}|2024|thon-{village}"
        if ("assessment", row, "_exists") not in self.known:
            yield "assessment", row, "_exists", True
        if place % 2:
            yield "assessment", row, "note", f"Lần {place}: đã rà soát, còn thiếu hồ sơ"
        else:
            yield "assessment", row, "status", {"reason": "", "status": STATUSES[place % 3]}

    def segments(self, count: int) -> Iterator[bytes]:
        """Give so many changes, sealed as a laptop seals them."""
        previous, pending = "", list[WireChange]()
        for seq, change in enumerate(self.changes(count), 1):
            pending.append(self._written(seq, *change))
            if len(pending) == MAX_SEALED or seq == count:
                data = seal(
                    pending, device=self.key.id, incarnation=INCARNATION, scope=self.scope,
                    previous=previous, practice=False,
                )  # fmt: skip
                previous, pending = hash_of(data), []
                self._name(previous)
                yield data

    def _written(self, seq: int, entity: str, row: str, name: str, value: Any) -> WireChange:
        self.clock += 7_000 + self.number
        reading = f"{self.clock:012x}.0000"
        before = self.known.get((entity, row, name))
        self.known[entity, row, name] = Ref(self.key.id, INCARNATION, seq, "")
        return WireChange(
            seq, reading, self.clock, "Nguyễn Thị Hường", reading, entity, row, name, value,
            (before,) if before else (),
        )  # fmt: skip

    def _name(self, segment: str) -> None:
        for place, ref in self.known.items():
            if not ref.segment16:
                self.known[place] = Ref(ref.device, ref.incarnation, ref.seq, segment[:16])


def send(folder: Path, number: int, count: int) -> tuple[Path, str]:
    """Write the bundle of a commune with so many changes; gives it and the sending device."""
    commune = Commune(number)
    card = cards.make(
        commune.key, role=Role.COMMUNE, scope=commune.scope, office=f"UBND {commune.name}",
        machine="máy 1", program="ntm 0",
    )  # fmt: skip
    payload = [Payload(layout.card_name(commune.key.id), card)]
    for data in commune.segments(count):
        name = layout.segment_name(parse_header(data), hash_of(data))
        payload.append(Payload(name, data))
        payload.append(Payload(layout.signature_name(name), commune.key.sign(data)))
    info = BundleInfo(
        sender=commune.key.id,
        commune_code=commune.scope,
        commune_name=commune.name,
        created=datetime(2024, 7, 5, 2, 3, 4, tzinfo=UTC),
        number=number,
        program="ntm 0",
        practice=False,
        full=True,
    )
    folder.mkdir(exist_ok=True)
    target = folder / f"{info.name}.zip"
    write_bundle(target, payload, commune.key, info, lambda _info, _code: b"<html></html>")
    return target, commune.key.id
