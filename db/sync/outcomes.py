"""What an import did, or would do."""

from dataclasses import dataclass
from pathlib import Path

from db.sync.cards import Card
from db.sync.clocks import ClockReport
from db.sync.differences import Differences
from db.sync.info import BundleInfo
from db.sync.intake import Quarantined
from db.sync.problems import Flaw


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do.

    `new` and `known` count changes; `conflicts` counts fields that now need a person. `strangers`
    are the cards of devices that nobody here has decided about. `latest` is the greatest clock
    reading among the new changes; `forked`: a device wrote two different stories under the same
    numbers, as a cloned disk does, and both count. `counted` are the segments that count now, and
    `transfer` the place of the bundle in the log; 0 where it was only looked at.
    """

    info: BundleInfo
    code: str
    sender: Card
    new: int
    known: int
    conflicts: int
    quarantined: tuple[Quarantined, ...]
    evidence: int
    strangers: tuple[Card, ...]
    flaws: tuple[Flaw, ...]
    latest: str = ""
    forked: bool = False
    seal: str = ""
    """The SHA-256 with which the bundle ends: tells it from any other."""
    sets: tuple[str, ...] = ()
    """The names of the criteria sets that the upper level published and that are new here."""
    clocks: tuple[ClockReport, ...] = ()
    counted: tuple[str, ...] = ()
    transfer: int = 0
    backup: Path | None = None
    """The copy of the store that was made before; None where nothing could change."""
    differences: Differences | None = None
    """What would change, in words; only where the bundle was looked at."""

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody has to look: at a conflict, at what waits, at a flaw."""
        return bool(
            self.conflicts or self.quarantined or self.strangers or self.flaws or self.forked
        )
