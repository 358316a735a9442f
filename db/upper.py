"""The upper level: its area, its own profile, and its founding."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db.communes import add_officer
from db.criteria.definitions import Tier
from db.incarnation import get_meta
from db.models import SHARED, UpperOffice
from db.problems import Refused, StoreMissing
from db.sheet.commune import DEFAULT_SETS, CommuneProfile, default_deadline
from db.text import slug
from db.unit_names import Level, bare_name

SILENT_DAYS = 10
"""Days without a bundle after which a commune is called silent; the office can say otherwise."""

_LEVELS = (Level.PROVINCE, Level.DISTRICT)


@dataclass(frozen=True)
class UpperProfile:
    """The upper level. `area` is its code: the beginning of the codes of its communes.

    `silent_days`: after so many days without a bundle a commune is named.
    """

    area: str
    name: str
    office: str
    silent_days: int = SILENT_DAYS

    def covers(self, commune: str) -> bool:
        """Tell whether a commune's code lies in the area."""
        return is_within(commune, self.area)


def is_within(commune: str, area: str) -> bool:
    """Tell whether a commune's code lies in an area: a district's, or a province's."""
    return commune.startswith(f"{area}/")


@dataclass(frozen=True)
class UpperFounding:
    """The answers from which an upper level's store is made; no district means the province."""

    province: str
    district: str
    officer: str
    name: str = ""

    @property
    def area(self) -> str:
        """The code of its area, such as `lang-son/huu-lung`.

        Raises:
            Refused: the province has no name.
        """
        given = (self.province, self.district)
        parts = [slug(bare_name(name, level)) for name, level in zip(given, _LEVELS, strict=True)]
        if not parts[0]:
            raise Refused("Cần tên tỉnh để đặt mã cho cấp trên. Chưa có gì được tạo.")
        return "/".join(part for part in parts if part)

    @property
    def called(self) -> str:
        """What people call it: "huyện Hữu Lũng"."""
        if self.name:
            return self.name
        if self.district:
            return f"huyện {bare_name(self.district, Level.DISTRICT)}"
        return f"tỉnh {bare_name(self.province, Level.PROVINCE)}"


def found(session: Session, answers: UpperFounding) -> None:
    """Write down the upper level and its first officer, inside the founding action."""
    row: UpperOffice = UpperOffice.keyed(SHARED, answers.area)
    row.name = answers.called
    row.office = f"UBND {answers.called}"
    session.add(row)
    add_officer(session, SHARED, answers.officer)


def profile(session: Session) -> UpperProfile:
    """Give the upper level of this store.

    Raises:
        StoreMissing: its founding was cut short.
    """
    area = get_meta(session.connection(), "area")
    row = session.get(UpperOffice, (SHARED, area))
    if row is None:
        raise StoreMissing("Kho này chưa tạo xong. Hãy chạy ntm init lần nữa.")
    days = row.silent_days
    return UpperProfile(area, row.name or area, row.office or row.name or area, days or SILENT_DAYS)


def communes_in(session: Session) -> Sequence[str]:
    """Give the codes of the communes whose data is here."""
    found = session.connection().exec_driver_sql(
        "SELECT id FROM commune WHERE id = scope AND scope <> ? ORDER BY id", (SHARED,)
    )
    return found.scalars().all()


def at_home(upper: UpperProfile, year: int) -> CommuneProfile:
    """Give what stands in a commune's place while no commune is looked at: what is shared."""
    return CommuneProfile(
        scope=SHARED,
        name=upper.name,
        district="",
        province="",
        upper_level=upper.name,
        tier=Tier.NTM,
        target_year=year,
        deadline=default_deadline(year),
        criteria_set=DEFAULT_SETS[Tier.NTM],
    )
