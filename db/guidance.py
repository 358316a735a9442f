"""What the agencies of the upper level tell the communes about each criterion."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from db.criteria.definitions import CriteriaSet
from db.engine import query_of

_GUIDANCE = """
SELECT g.criterion, coalesce(g.text, ''), coalesce(a.name, ''), coalesce(g.basis, '')
FROM guidance g LEFT JOIN agency a ON a.scope = g.scope AND a.id = g.agency
WHERE g.scope = 'shared' AND g.criteria_set = ? AND g.text IS NOT NULL
"""


@dataclass(frozen=True)
class GuidanceRecord:
    """What is told about one criterion, by which agency, after which document."""

    text: str
    agency: str = ""
    basis: str = ""


def read_guidance(session: Session, criteria_set: CriteriaSet) -> Mapping[str, GuidanceRecord]:
    """Give what is told about a set, by criterion number."""
    found = query_of(session)(_GUIDANCE, (criteria_set.id,))
    return {number: GuidanceRecord(*told) for number, *told in found}
