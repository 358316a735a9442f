"""The rows of the form of resources: which sources each of them adds up, in Word and in Excel."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from db.models.capital import Source
from db.reporting.sources import ZERO, Raised

Found = Mapping[Source, Raised]

_LOCAL = (Source.PROVINCE, Source.DISTRICT, Source.COMMUNE)


class ResourceRow(NamedTuple):
    """A row of the form; one of several sources is their sum and counts in no total."""

    place: str
    name: str
    sources: tuple[Source, ...]

    @property
    def is_sum(self) -> bool:
        """Whether it adds up other rows."""
        return len(self.sources) > 1

    def planned(self, found: Found) -> Decimal:
        """Give what is planned for the year."""
        return sum((found[it].planned for it in self.sources), ZERO)

    def raised(self, found: Found) -> Decimal:
        """Give what came of it."""
        return sum((found[it].raised for it in self.sources), ZERO)

    def left(self, found: Found) -> Decimal:
        """Give what is still to be raised: more of one source makes up for none of another."""
        return sum((_left(found[it]) for it in self.sources), ZERO)


RESOURCE_ROWS = (
    ResourceRow("I", "Ngân sách nhà nước", (Source.CENTRAL, *_LOCAL)),
    ResourceRow("1", "Ngân sách trung ương", (Source.CENTRAL,)),
    ResourceRow("2", "Ngân sách địa phương", _LOCAL),
    ResourceRow("2.1", "Ngân sách tỉnh", (Source.PROVINCE,)),
    ResourceRow("2.2", "Ngân sách huyện", (Source.DISTRICT,)),
    ResourceRow("2.3", "Ngân sách xã", (Source.COMMUNE,)),
    ResourceRow("II", "Vốn lồng ghép", (Source.INTEGRATED,)),
    ResourceRow("III", "Vốn tín dụng", (Source.CREDIT,)),
    ResourceRow("IV", "Vốn doanh nghiệp", (Source.ENTERPRISE,)),
    ResourceRow("V", "Cộng đồng, người dân đóng góp", (Source.COMMUNITY,)),
)
ALL_RESOURCES = ResourceRow("", "Tổng cộng", tuple(Source))


def given_parts(found: Found) -> tuple[tuple[str, Decimal], ...]:
    """Part what people gave: money, and all else turned into money."""
    people = found[Source.COMMUNITY]
    return (
        ("Trong đó: Tiền mặt", people.raised - people.in_kind),
        ("Trong đó: Ngày công, đất, hiện vật quy đổi", people.in_kind),
    )


def _left(one: Raised) -> Decimal:
    return max(one.planned - one.raised, ZERO)
