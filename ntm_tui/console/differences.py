"""What a bundle changes, in words: from what to what, counted by register and by person."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from db import criteria_sets
from db.criteria.definitions import CriteriaSet
from db.home import Home
from db.numbers import show_number
from db.text import shown
from ntm_tui.console.outcome import say
from ntm_tui.console.values import EMPTY, show_value

if TYPE_CHECKING:
    from db.canonical import Json
    from db.sync.differences import Difference, Differences

MOST_SAID = 30
"""Differences that are written out for a person at the command line."""


class Words:
    """Says what a difference is about and from what to what; reads each criteria set once."""

    def __init__(self, home: Home) -> None:
        self._sets: dict[str, CriteriaSet] = {one.id: one for one in criteria_sets.available(home)}

    def what(self, one: "Difference") -> str:
        """Say field, old and new value; of a whole row, that it is new or gone."""
        if one.creates:
            return "thêm mới"
        if one.deletes:
            return "bỏ cả mục"
        before = self._value(one, one.before, one.before_name)
        after = self._value(one, one.after, one.after_name)
        apart = " (trái nhau, giữ cả hai)" if one.conflict else ""
        return f"{one.label}: {before} → {after}{apart}"

    def _value(self, one: "Difference", wire: "Json", name: str) -> str:
        from db.journal.wording import is_composite, value_label

        if wire is None:
            return EMPTY
        if is_composite(one.entity, one.field):
            return self._composite(one, wire)
        return shown(name or value_label(one.entity, one.field, wire))

    def _composite(self, one: "Difference", wire: "Json") -> str:
        from db.journal.wording import key_of

        key = key_of(one.entity, one.row)
        chosen = self._sets.get(str(key.get("criteria_set")))
        found = (it for it in chosen.indicators if it.number == key["indicator"]) if chosen else ()
        indicator = next(iter(found), None)
        if indicator is None:
            return shown(str(wire))
        return show_value(one.field, wire, indicator, indicator.threshold)


def by_register(found: "Differences") -> Iterator[tuple[str, Sequence["Difference"]]]:
    """Group the listed differences by register, the one with the most first."""
    grouped: dict[str, list[Difference]] = defaultdict(list)
    for one in found.listed:
        grouped[one.entity].append(one)
    for register in found.by_register:
        if register.entity in grouped:
            yield f"{register.name} ({plain(register.count)})", grouped[register.entity]


def counted(found: "Differences") -> tuple[str, str]:
    """Give two lines: how much changes by register, and by person."""
    registers = ", ".join(f"{one.name} {plain(one.count)}" for one in found.by_register)
    people = ", ".join(
        f"{one.officer} {plain(one.count)} ({one.machine})" for one in found.by_person
    )
    return shown(registers), shown(people)


def plain(number: int) -> str:
    """Write a number of things with dots between the thousands."""
    return show_number(Decimal(number))


def show_differences(home: Home, found: "Differences") -> None:
    """Tell a person at the command line."""
    if not found.total:
        say("  Không ô nào đổi giá trị.")
        return
    registers, people = counted(found)
    say(f"  {plain(found.total)} ô đổi giá trị, theo sổ: {registers}")
    say(f"  Theo người: {people}")
    words = Words(home)
    for one in islice(found.listed, MOST_SAID):
        say(f"    {shown(one.called)}, {words.what(one)} ({shown(one.officer)})")
    if found.total > MOST_SAID:
        more = plain(found.total - MOST_SAID)
        say(f"    … và {more} ô nữa; xem đủ trong Đồng bộ › Nhận về, hoặc với --json.")


def differences_as_json(found: "Differences") -> dict[str, Any]:
    """Give differences for scripts; `listed` are the first ones, all of them are counted."""
    return {
        "total": found.total,
        "conflicts": found.conflicts,
        "by_register": {one.entity: one.count for one in found.by_register},
        "by_person": [
            {"officer": one.officer, "device": one.device, "count": one.count}
            for one in found.by_person
        ],
        "listed": [_as_json(one) for one in found.listed],
    }


def _as_json(one: "Difference") -> dict[str, Any]:
    from db.columns import show_instant

    return {
        "scope": one.scope,
        "entity": one.entity,
        "row": one.row,
        "field": one.field,
        "called": one.called,
        "label": one.label,
        "before": one.before,
        "after": one.after,
        "officer": one.officer,
        "device": one.device,
        "written_at": show_instant(one.written_at),
        "conflict": one.conflict,
    }
