"""Changes and segments as they travel."""

from dataclasses import dataclass

from db.canonical import Json

SCHEMA = 1
"""The number of the wire names and forms that this program writes."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The name of a change inside its scope.

    `segment16` is the start of the hash of the segment it was sealed in; empty for a change that
    is about to be sealed together with the one that names it.
    """

    device: str
    incarnation: str
    seq: int
    segment16: str


@dataclass(slots=True)  # not frozen: that would triple the time to make one, of a million
class WireChange:
    """One field of one row set to one value. `written_at`: UTC milliseconds since 1970."""

    seq: int
    clock: str
    written_at: int
    officer: str
    action: str
    entity: str
    row: str
    field: str
    value: Json
    based_on: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class SegmentHeader:
    """The first line of a segment. `previous`: SHA-256 of the segment before, empty for none."""

    device: str
    incarnation: str
    scope: str
    first: int
    last: int
    previous: str
    schema: int
    officers: tuple[str, ...]
    practice: bool

    @property
    def feed(self) -> tuple[str, str, str]:
        """Whose changes these are: device, incarnation, scope."""
        return (self.device, self.incarnation, self.scope)


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment that was read. `hash`: SHA-256 of its bytes in hex."""

    header: SegmentHeader
    changes: tuple[WireChange, ...]
    hash: str
