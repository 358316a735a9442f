"""Which changes of a field count now: heads, the winner, and whether a row exists.

Pure functions over changes; what a store shows follows from the set of changes alone, whatever
the order they came in.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.canonical import Json

EXISTS = "_exists"
"""The field that says a row was created (true) or deleted (false)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A change as merging sees it. `ref` names it: device/incarnation/seq:segment."""

    pk: int
    field: str
    value: Json
    clock: str
    device: str
    incarnation: str
    seq: int
    segment: str
    based_on: tuple[str, ...]

    @property
    def ref(self) -> str:
        """The name by which other changes refer to this one."""
        return make_ref(self.device, self.incarnation, self.seq, self.segment)

    @property
    def rank(self) -> tuple[str, str, str, int, str]:
        """The greatest of these among the heads is what the field shows."""
        return (self.clock, self.device, self.incarnation, self.seq, self.segment)


def make_ref(device: str, incarnation: str, seq: int, segment: str) -> str:
    """Name a change inside its scope; `segment` is empty until the change is sealed."""
    return f"{device}/{incarnation}/{seq}:{segment}"


def read_refs(text: str) -> tuple[str, ...]:
    """Read a stored `based_on` list."""
    return tuple(json.loads(text))


def heads(entries: Collection[Entry]) -> list[Entry]:
    """Give the changes of one row that no other names, the winner of each field first."""
    named: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        named[entry.field].update(entry.based_on)
    found = [entry for entry in entries if entry.ref not in named[entry.field]]
    return sorted(found, key=lambda entry: entry.rank, reverse=True)


def by_field(found: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Group the heads of one row by field, keeping their order."""
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for head in found:
        grouped[head.field].append(head)
    return dict(grouped)


def is_conflict(field_heads: Sequence[Entry]) -> bool:
    """Tell whether the heads of one field disagree; equal values are no conflict."""
    return any(head.value != field_heads[0].value for head in field_heads[1:])


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
        head.ref not in known for field, found in row.items() if field != EXISTS for head in found
    )
