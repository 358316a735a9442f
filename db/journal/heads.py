"""Which changes of a field count now: heads, the winner, and whether a row exists.

Pure functions over changes; what a store shows follows from the set of changes alone, whatever
the order they came in.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from db.canonical import Json, dumps

EXISTS = "_exists"
"""The field that says a row was created (true) or deleted (false)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A change as merging sees it. `ref` names it: device/incarnation/seq:segment.

    `copies` are the names that the same change has as well: a store that went on from a backup
    gives what was not sealed there new numbers, and the sealed original may come back later.
    """

    pk: int
    field: str
    value: Json
    clock: str
    device: str
    incarnation: str
    seq: int
    segment: str
    based_on: tuple[str, ...]
    copies: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The name by which other changes refer to this one."""
        return make_ref(self.device, self.incarnation, self.seq, self.segment)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the change."""
        return self.copies or (self.ref,)

    @property
    def rank(self) -> tuple[str, str, str, int, str]:
        """The greatest of these among the heads is what the field shows."""
        return (self.clock, self.device, self.incarnation, self.seq, self.segment)


def make_ref(device: str, incarnation: str, seq: int, segment: str) -> str:
    """Name a change inside its scope; `segment` is empty until the change is sealed."""
    return f"{device}/{incarnation}/{seq}:{segment}"


def read_refs(text: str) -> tuple[str, ...]:
    """Read a stored `based_on` list; names of changes hold nothing that JSON would quote."""
    return tuple(text[2:-2].split('","')) if text != "[]" else ()


def heads(entries: Collection[Entry]) -> list[Entry]:
    """Give the changes of one row that no other names, the winner of each field first.

    Copies of one change are one: who names one of them names them all.
    """
    named: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        named[entry.field].update(entry.based_on)
    found = [
        entry for entry in _copies_joined(entries) if named[entry.field].isdisjoint(entry.names)
    ]
    return sorted(found, key=lambda entry: entry.rank, reverse=True)


def _copies_joined(entries: Collection[Entry]) -> Iterator[Entry]:
    """Give each change once. A clock reading is given out once, so it tells a copy."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.field, entry.clock].append(entry)
    for group in groups.values():
        if len(group) == 1:
            yield group[0]
            continue
        by_value: dict[str, list[Entry]] = defaultdict(list)
        for entry in group:
            by_value[dumps(entry.value)].append(entry)
        yield from map(_joined, by_value.values())


def _joined(same: list[Entry]) -> Entry:
    if len(same) == 1:
        return same[0]
    known = sorted({ref for entry in same for ref in entry.based_on})
    copies = tuple(sorted(entry.ref for entry in same))
    greatest = max(same, key=lambda entry: entry.rank)
    return replace(greatest, based_on=tuple(known), copies=copies)


def by_field(found: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Group the heads of one row by field, keeping their order."""
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for head in found:
        grouped[head.field].append(head)
    return dict(grouped)


def is_conflict(field_heads: Sequence[Entry]) -> bool:
    """Tell whether the heads of one field disagree; equal values are no conflict.

    They are compared as they are written: to Python, true and 1 would be equal.
    """
    return len(field_heads) > 1 and len({dumps(head.value) for head in field_heads}) > 1


def count_conflicts(row: Mapping[str, Sequence[Entry]]) -> int:
    """Count the fields of a row that need a person, from its heads by field.

    A deletion that met an edit it did not know of counts as one: the row stays.
    """
    return sum(map(is_conflict, row.values())) + is_deletion_met_by_edit(row)


def is_deletion_met_by_edit(row: Mapping[str, Sequence[Entry]]) -> bool:
    """Tell whether a row that was deleted is there because somebody wrote in it meanwhile."""
    marks = row.get(EXISTS, ())
    return bool(marks) and all(mark.value is False for mark in marks) and exists(row)


def exists(row: Mapping[str, Sequence[Entry]]) -> bool:
    """Tell whether a row is there, from its heads by field.

    A row is there once its creation has come, until every head of its existence is a deletion;
    and it stays when a field holds an edit that no such deletion knew of.
    """
    marks = row.get(EXISTS, ())
    if not marks:
        return False
    if any(mark.value is not False for mark in marks):
        return True
    known = {ref for mark in marks for ref in mark.based_on}
    return any(
        known.isdisjoint(head.names)
        for field, found in row.items()
        if field != EXISTS
        for head in found
    )
