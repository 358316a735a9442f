"""When a commune would lose its title (QĐ 18/2022/QĐ-TTg), counted in criteria of the set."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from db.criteria.definitions import CriteriaSet, Criterion
from db.judging.standing import Standing
from db.judging.statuses import Status

_WITH_KEY_PERCENT = 30
_ANY_PERCENT = 50


class Risk(StrEnum):
    """Whether the title would be withdrawn as things stand."""

    NONE = "none"
    POSSIBLE = "possible"
    CERTAIN = "certain"

    @property
    def label(self) -> str:
        """What a person reads."""
        return _RISK_LABELS[self]


_RISK_LABELS = {
    Risk.NONE: "Chưa có nguy cơ bị thu hồi",
    Risk.POSSIBLE: "Có thể bị thu hồi",
    Risk.CERTAIN: "Thuộc diện bị thu hồi",
}


@dataclass(frozen=True)
class Tip:
    """What would bring withdrawal about, or what mending would end it.

    `number` criteria are needed, at least one of `key` among them when `key` is not empty (all of
    `key` when mending). `text` says it in Vietnamese.
    """

    mends: bool
    number: int
    key: tuple[Criterion, ...]
    text: str


@dataclass(frozen=True)
class Withdrawal:
    """The risk with its range: `failed` for certain, `open` not assessed yet."""

    risk: Risk
    failed: tuple[Criterion, ...]
    open: tuple[Criterion, ...]
    tips: tuple[Tip, ...]


def withdrawal(criteria_set: CriteriaSet, standing: Standing) -> Withdrawal:
    """Weigh the standing against both conditions of the decision."""
    total = len(criteria_set.criteria)
    failed = tuple(one.criterion for one in standing.criteria if one.failed)
    unassessed = tuple(
        one.criterion for one in standing.criteria if one.status == Status.NOT_ASSESSED
    )
    if _is_lost(total, failed):
        return Withdrawal(Risk.CERTAIN, failed, unassessed, tuple(_mending(total, failed)))
    possible = _is_lost(total, failed + unassessed)
    rest = tuple(one.criterion for one in standing.criteria if not one.failed)
    tips = tuple(_tipping(total, failed, rest))
    return Withdrawal(Risk.POSSIBLE if possible else Risk.NONE, failed, unassessed, tips)


def _is_lost(total: int, failed: tuple[Criterion, ...]) -> bool:
    share = len(failed) * 100
    return share >= _ANY_PERCENT * total or (
        share >= _WITH_KEY_PERCENT * total and bool(_keys(failed))
    )


def _keys(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    return tuple(one for one in criteria if one.withdrawal_key)


def _least(percent: int, total: int) -> int:
    """The smallest number of criteria that makes up that percentage."""
    return -(-percent * total // 100)


def _tipping(
    total: int, failed: tuple[Criterion, ...], rest: tuple[Criterion, ...]
) -> Iterator[Tip]:
    """The ways to lose the title from here, the shortest first."""
    few = _least(_WITH_KEY_PERCENT, total) - len(failed)
    many = _least(_ANY_PERCENT, total) - len(failed)
    if _keys(failed):
        yield Tip(False, few, (), f"Thêm {few} tiêu chí không đạt là thuộc diện bị thu hồi.")
        return
    keys = _keys(rest)
    few = max(few, 1)
    if keys and few < many:
        yield Tip(
            False,
            few,
            keys,
            f"Thêm {few} tiêu chí không đạt, trong đó có ít nhất một trong các tiêu chí "
            f"{_names(keys)}, là thuộc diện bị thu hồi.",
        )
        if many > len(rest) - len(keys):
            return
    yield Tip(False, many, (), f"Thêm {many} tiêu chí bất kỳ không đạt là thuộc diện bị thu hồi.")


def _mending(total: int, failed: tuple[Criterion, ...]) -> Iterator[Tip]:
    """The ways out, the one that asks for the fewest criteria first."""
    keys = _keys(failed)
    below_few = len(failed) - _least(_WITH_KEY_PERCENT, total) + 1
    below_many = len(failed) - _least(_ANY_PERCENT, total) + 1
    with_keys = max(below_many, len(keys))
    if keys and with_keys < below_few:
        among = f"{with_keys} tiêu chí, trong đó có" if with_keys > len(keys) else "tiêu chí"
        text = f"Khắc phục {among} {_names(keys)} là ra khỏi diện này."
        yield Tip(True, with_keys, keys, text)
    number = below_few if keys else below_many
    yield Tip(True, number, (), f"Khắc phục {number} tiêu chí bất kỳ là ra khỏi diện này.")


def _names(criteria: tuple[Criterion, ...]) -> str:
    return "; ".join(f"{one.number} {one.name}" for one in criteria)
