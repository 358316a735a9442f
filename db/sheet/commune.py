"""The commune whose checklist it is: what it aims at, until when, and by which set."""

from dataclasses import dataclass
from datetime import date

from db.criteria.definitions import Tier
from db.numbers import YEARS
from db.problems import StoreMissing
from db.sheet.query import Query

DEFAULT_SETS = {
    Tier.NTM: "xa-ntm-2021-2025",
    Tier.ADVANCED: "xa-ntm-nang-cao-2021-2025",
    Tier.MODEL: "xa-ntm-nang-cao-2021-2025",
}
"""The shipped set that goes with each title; kiểu mẫu starts from nâng cao (QĐ 319/QĐ-TTg)."""

_PROFILE = """
SELECT scope, name, district, province, upper_level, tier, target_year, deadline, criteria_set,
    held_tier, held_decision, held_date, signer, signs_as
FROM commune WHERE id = scope AND scope <> 'shared' AND (? IN ('', id)) ORDER BY id LIMIT 1
"""


@dataclass(frozen=True)
class CommuneProfile:
    """What the program knows of the commune itself. `scope` is its canonical code."""

    scope: str
    name: str
    district: str
    province: str
    upper_level: str
    tier: Tier
    target_year: int
    deadline: date
    criteria_set: str
    held_tier: Tier | None = None
    held_decision: str = ""
    held_date: str = ""
    signer: str = ""
    signs_as: str = ""

    @property
    def title(self) -> str:
        """How people name it: "Xã Cai Kinh"; the upper level's own name where it stands here."""
        return f"Xã {self.name}" if self.district else self.name[:1].upper() + self.name[1:]


def default_deadline(year: int) -> date:
    """Give the day by which a title is due when nobody said otherwise."""
    return date(year, 12, 31)


def read_profile(query: Query, scope: str = "") -> CommuneProfile:
    """Give the commune of a store; one of several by its code.

    Raises:
        StoreMissing: the store holds no such commune yet.
    """
    found = next(iter(query(_PROFILE, (scope,))), None)
    if found is None:
        raise StoreMissing("Kho này chưa có xã nào. Hãy chạy ntm để trả lời vài câu hỏi lần đầu.")
    scope, name, district, province, upper, tier, year, deadline, set_id, *held = found
    aimed_at = _tier(tier) or Tier.NTM
    if year not in YEARS:  # a newer program, or another machine's mistake
        year = 2024
    return CommuneProfile(
        scope=scope,
        name=name or "",
        district=district or "",
        province=province or "",
        upper_level=upper or "",
        tier=aimed_at,
        target_year=year,
        deadline=date.fromisoformat(deadline) if deadline else default_deadline(year),
        criteria_set=set_id or DEFAULT_SETS[aimed_at],
        held_tier=_tier(held[0]),
        held_decision=held[1] or "",
        held_date=held[2] or "",
        signer=held[3] or "",
        signs_as=held[4] or "",
    )


def _tier(text: str | None) -> Tier | None:
    return Tier(text) if text in set(Tier) else None
