"""What an upper level sees of its communes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from db.judging import Risk, Status
from db.sheet.commune import CommuneProfile
from db.sheet.records import Checklist
from db.upper import UpperProfile


@dataclass(frozen=True)
class Payout:
    """A commune's money, in million đồng: planned, paid out, and work done that is not paid.

    `carried` is what of the plan was carried over from earlier years, `carried_paid` what of that
    is paid out.
    """

    planned: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    unpaid_volume: Decimal = Decimal(0)
    carried: Decimal = Decimal(0)
    carried_paid: Decimal = Decimal(0)

    @property
    def percent(self) -> Decimal | None:
        """How much of the plan is paid out; None without a plan."""
        return self.paid * 100 / self.planned if self.planned else None

    def __add__(self, other: "Payout") -> "Payout":
        return Payout(
            self.planned + other.planned,
            self.paid + other.paid,
            self.unpaid_volume + other.unpaid_volume,
            self.carried + other.carried,
            self.carried_paid + other.carried_paid,
        )


@dataclass(frozen=True)
class AppraisalState:
    """How far the appraisal of a commune's dossier is; `days_left` counts to its next day."""

    agency: str = ""
    verify_on: date | None = None
    verified_on: date | None = None
    submit_on: date | None = None
    submitted_on: date | None = None
    days_left: int | None = None


@dataclass(frozen=True)
class Open:
    """A row of a commune that is still open; `days_left` is None where it has no day."""

    register: str
    row: str
    name: str
    days_left: int | None = None


@dataclass(frozen=True)
class CommuneRow:
    """One commune of the matrix.

    `days_left` counts to its deadline; below 0 when that has passed. `silent_days` counts from the
    last bundle that came in. `waiting` are obstacles reported upward that have no reply, `asked`
    what was asked of the commune and is not done, `to_mend` what visits found and is not mended;
    `differing` the indicators on which the upper level found something else. `conflicts` counts the
    indicators about which two machines of the commune wrote different things.
    """

    commune: CommuneProfile
    checklist: Checklist
    held: Checklist
    days_left: int
    last_bundle: datetime | None
    silent_days: int | None
    waiting: tuple[Open, ...] = ()
    asked: tuple[Open, ...] = ()
    to_mend: tuple[Open, ...] = ()
    differing: tuple[str, ...] = ()
    conflicts: int = 0
    payout: Payout = field(default_factory=Payout)
    appraisal: AppraisalState = AppraisalState()
    valid_to: date | None = None
    merged_into: str = ""

    @property
    def scope(self) -> str:
        """The commune's code."""
        return self.commune.scope

    @property
    def statuses(self) -> tuple[Status, ...]:
        """How each criterion stands, in the order of the set."""
        return tuple(one.status for one in self.checklist.standing.criteria)

    @property
    def by_criterion(self) -> Mapping[str, Status]:
        """How each criterion stands, by its number."""
        return {it.criterion.number: it.status for it in self.checklist.standing.criteria}

    @property
    def risk(self) -> Risk | None:
        """The withdrawal light; None where there is no title to lose."""
        return self.held.withdrawal.risk if self.commune.held_tier is not None else None

    @property
    def late(self) -> tuple[Open, ...]:
        """What was asked or found, and is overdue."""
        return tuple(
            it
            for it in (*self.asked, *self.to_mend)
            if it.days_left is not None and it.days_left < 0
        )


@dataclass(frozen=True)
class Overview:
    """The communes of an upper level on a day, in the Vietnamese order of their names.

    `former` are those that are no communes any more: they were merged into others.
    """

    upper: UpperProfile
    today: date
    communes: tuple[CommuneRow, ...]
    former: tuple[CommuneRow, ...] = ()

    @property
    def silent(self) -> tuple[CommuneRow, ...]:
        """The communes that have not sent anything for long, the longest first."""
        most = self.upper.silent_days
        late = [it for it in self.communes if it.silent_days is None or it.silent_days > most]
        never = float("inf")
        return tuple(
            sorted(late, key=lambda it: -(never if it.silent_days is None else it.silent_days))
        )

    @property
    def at_risk(self) -> tuple[CommuneRow, ...]:
        """The communes whose title is in danger, those that certainly lose it first."""
        order = (Risk.CERTAIN, Risk.POSSIBLE)
        found = [it for it in self.communes if it.risk in order]
        return tuple(sorted(found, key=lambda it: order.index(it.risk or Risk.NONE)))

    @property
    def payout(self) -> Payout:
        """The money of all communes together."""
        return sum((it.payout for it in self.communes), Payout())
