"""What a person changes in the commune's profile, one field at a time."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from db.criteria.definitions import Tier
from db.models import Commune
from db.numbers import YEARS, parse_date
from db.problems import NotFound, Refused
from db.sheet.commune import DEFAULT_SETS
from db.text import clean

_NOTHING_CHANGED = "Chưa có gì thay đổi."


def update_profile(session: Session, scope: str, field: str, typed: str) -> None:
    """Write one field of the profile, as a person typed or chose it.

    Args:
        session: the journalling session of one action.
        scope: the commune.
        field: a field of the profile, such as `target_year`.
        typed: what was typed; empty takes the field back, where it may be empty.

    Raises:
        Refused: it cannot be so; nothing was changed.
        NotFound: the commune is not in this store.
    """
    row = session.get(Commune, (scope, scope))
    if row is None:
        raise NotFound(f"Kho này không có xã {scope}. {_NOTHING_CHANGED}")
    value = read_field(field, typed)
    before = row.tier
    setattr(row, field, value)
    if field == "tier" and row.criteria_set == DEFAULT_SETS.get(Tier(before or Tier.NTM)):
        row.criteria_set = DEFAULT_SETS[Tier(value)]


def read_field(field: str, typed: str) -> Any:
    """Understand what was typed for a field.

    Raises:
        Refused: it is not what the field asks for.
    """
    return _READERS[field](" ".join(clean(typed).split()))


def read_year(typed: str) -> int:
    """Understand a year.

    Raises:
        Refused: it is none that a commune can promise.
    """
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == len("2024") else 0
    if year not in YEARS:
        raise Refused(
            f"“{typed}” không phải là năm phấn đấu. {_NOTHING_CHANGED} "
            f"Hãy gõ một năm từ {YEARS[0]} đến {YEARS[-1]}."
        )
    return year


def _tier(typed: str) -> str:
    if typed not in set(Tier):
        raise Refused(f"Chưa chọn danh hiệu phấn đấu. {_NOTHING_CHANGED}")
    return typed


def _held_tier(typed: str) -> str | None:
    return _tier(typed) if typed else None


def _deadline(typed: str) -> date | None:
    if not typed:
        return None
    written = parse_date(typed)
    if written.date is None:
        raise Refused(
            f"“{typed}” không phải là ngày có thật. {_NOTHING_CHANGED} "
            "Hãy gõ ngày/tháng/năm, ví dụ 31/12/2024."
        )
    return written.date


def _words(typed: str) -> str | None:
    return typed or None


def _set(typed: str) -> str:
    if not typed:
        raise Refused(f"Chưa chọn bộ tiêu chí. {_NOTHING_CHANGED}")
    return typed


_READERS: Mapping[str, Callable[[str], Any]] = {
    "tier": _tier,
    "target_year": read_year,
    "deadline": _deadline,
    "held_tier": _held_tier,
    "held_decision": _words,
    "held_date": _words,
    "upper_level": _words,
    "signer": _words,
    "signs_as": _words,
    "criteria_set": _set,
}
