"""From when to when a unit is a commune, and which one it was merged into: the upper level's word.

Nothing of a commune is ever moved or deleted by that: its own history stays under its own code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from db.models import Commune
from db.problems import NotFound, Refused

_NOTHING_CHANGED = "Chưa có gì thay đổi."


@dataclass(frozen=True)
class Validity:
    """The days on which a unit is a commune, both included; None where there is no end.

    `merged_into` is the code of the commune that took its place, empty when none did.
    """

    since: date | None = None
    until: date | None = None
    merged_into: str = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether it is a commune on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


def read_validity(session: Session, scope: str) -> Validity:
    """Give the validity of a commune.

    Raises:
        NotFound: the store does not know that commune.
    """
    row = _commune(session, scope)
    return Validity(row.valid_from, row.valid_to, row.merged_into or "")


def set_validity(session: Session, scope: str, wanted: Validity) -> None:
    """Write down from when to when a unit is a commune.

    Args:
        session: the journalling session of one action, at the upper level.
        scope: the commune.
        wanted: its validity.

    Raises:
        NotFound: the store does not know that commune, or the one that it was merged into.
        Refused: the days or the communes cannot be so, or a commune's store writes it.
    """
    row = _commune(session, scope)
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise Refused(
            f"Ngày thôi là xã đứng trước ngày thành xã. {_NOTHING_CHANGED} Hãy xem lại hai ngày."
        )
    if wanted.merged_into:
        _check_successor(session, scope, wanted)
    row.valid_from, row.valid_to = wanted.since, wanted.until
    row.merged_into = wanted.merged_into or None


def merge(session: Session, scopes: Iterable[str], into: str, day: date) -> None:
    """Write down that communes are part of another one from a day on.

    Raises:
        NotFound: the store does not know one of them.
        Refused: they cannot be merged so; see `set_validity`.
    """
    for scope in scopes:
        since = read_validity(session, scope).since
        set_validity(session, scope, Validity(since, day - timedelta(days=1), into))


def _check_successor(session: Session, scope: str, wanted: Validity) -> None:
    """Refuse what would lead round in a circle, or to a merger without a day."""
    if wanted.until is None:
        raise Refused(
            f"Xã sáp nhập vào xã khác thì cần ngày cuối còn là xã. {_NOTHING_CHANGED} "
            "Hãy ghi thêm ngày."
        )
    seen, following = {scope}, wanted.merged_into
    while following:
        if following in seen:
            raise Refused(
                f"Xã không thể sáp nhập vào chính mình, trực tiếp hay vòng quanh. "
                f"{_NOTHING_CHANGED} Hãy chọn xã khác."
            )
        seen.add(following)
        following = read_validity(session, following).merged_into


def _commune(session: Session, scope: str) -> Commune:
    row = session.get(Commune, (scope, scope))
    if row is None:
        raise NotFound(f"Kho này không có xã {scope}. {_NOTHING_CHANGED}")
    return row
