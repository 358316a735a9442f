"""What a set changes against the one it supersedes."""

from dataclasses import dataclass
from enum import StrEnum

from db.criteria.definitions import CriteriaSet, Indicator


class ChangeKind(StrEnum):
    """What became of an indicator."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NEW = "new"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """What a person reads."""
        return _CHANGE_LABELS[self]


_CHANGE_LABELS = {
    ChangeKind.UNCHANGED: "giữ nguyên",
    ChangeKind.CHANGED: "có thay đổi",
    ChangeKind.NEW: "mới",
    ChangeKind.DROPPED: "không còn",
}


@dataclass(frozen=True)
class IndicatorChange:
    """One indicator in both sets; `what` names in Vietnamese the things that differ."""

    kind: ChangeKind
    old: Indicator | None
    new: Indicator | None
    what: tuple[str, ...] = ()


def compare(old: CriteriaSet, new: CriteriaSet) -> tuple[IndicatorChange, ...]:
    """Compare indicator by indicator: those of the new set in its order, then the dropped ones."""
    before = {indicator.number: indicator for indicator in old.indicators}
    changes = [_change(before.get(one.replaces), one) for one in new.indicators]
    replaced = {one.replaces for one in new.indicators}
    dropped = (one for one in old.indicators if one.number not in replaced)
    return (*changes, *(IndicatorChange(ChangeKind.DROPPED, one, None) for one in dropped))


def _change(old: Indicator | None, new: Indicator) -> IndicatorChange:
    if old is None:
        return IndicatorChange(ChangeKind.NEW, None, new)
    what = tuple(_differences(old, new))
    return IndicatorChange(ChangeKind.CHANGED if what else ChangeKind.UNCHANGED, old, new, what)


def _differences(old: Indicator, new: Indicator) -> list[str]:
    """Name what a finding depends on and differs; numbers, notes and sources do not count."""
    before, after = old.threshold, new.threshold
    pairs = {
        "tên chỉ tiêu": (old.name.split(), new.name.split()),
        "cách tính": (before.kind, after.kind),
        "mức đạt": (
            (before.values, before.level, before.by_year),
            (after.values, after.level, after.by_year),
        ),
        "các bậc xếp loại": (before.levels, after.levels),
        "đơn vị tính": (before.units, after.units),
        "tính riêng nam và nữ": (old.men_women, new.men_women),
        "tính theo thôn": (old.by_village, new.by_village),
        "có thể không áp dụng": (old.may_be_na, new.may_be_na),
    }
    return [what for what, (one, other) in pairs.items() if one != other]
