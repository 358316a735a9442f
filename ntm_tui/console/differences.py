"""What a bundle changes, in words: from what to what, counted by register and by person."""

from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from db import criteria_sets
from db.columns import show_instant
from db.criteria.definitions import CriteriaSet
from db.home import Home
from db.journal.values import indicator_of, show_wire
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
        if wire is None:
            return EMPTY
        said = name or show_wire(one.entity, one.field, wire)
        return self._composite(one, wire) if said is None else shown(said)

    def _composite(self, one: "Difference", wire: "Json") -> str:
        set_id, number = indicator_of(one.entity, one.row)
        chosen = self._sets.get(set_id)
        found = (it for it in chosen.indicators if it.number == number) if chosen else ()
        indicator = next(iter(found), None)
        if indicator is None:
            return shown(str(wire))
        return show_value(one.field, wire, indicator, indicator.threshold)


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
