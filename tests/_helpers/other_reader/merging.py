"""Sections 9, 10 and 12 of the document: which segments count, and the state that they make."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from .bundle import Bundle, Segment
from .segments import Change
from .strict import canonical

_FIELDS = Path(__file__).parents[3] / "docs" / "bundle-fields.md"
_LATEST = 4_102_444_800_000 + 366 * 86_400_000
Row = dict[str, list["Head"]]


def counts(bundle: Bundle, segment: Segment, cards: dict[str, dict[str, Any]] | None = None) -> str:
    """Say why a sound segment may not count; empty when it may.

    `cards` are those in which the devices first came in.
    """
    card = (cards or {}).get(segment.card["device"], segment.card)
    commune, scope = bundle.info["commune"]["code"], segment.header["scope"]
    if card["role"] == "commune":
        answers = card["scope"] == commune
    else:
        answers = commune.startswith(f"{card['scope']}/")
    if not answers or scope not in (commune, "shared"):
        return "wrong_scope"
    if any(int(change.clock[:12], 16) > _LATEST for change in segment.changes):
        return "clock"
    if scope == "shared":
        return "" if card["role"] == "upper" else "authority"
    owners = _owners()
    mine = (None, card["role"])
    theirs = any(owners.get((one.entity, one.field)) not in mine for one in segment.changes)
    return "authority" if theirs else ""


def _owners() -> dict[tuple[str, str], str]:
    rows = [line.split(" | ") for line in _FIELDS.read_text(encoding="utf-8").splitlines()]
    return {
        (row[0][2:], row[1]): row[3] for row in rows if len(row) == 5 and row[0] != "| register"
    }


def state(bundles: Sequence[Bundle]) -> str:
    """Give the state that some bundles make together, in canonical form."""
    cards: dict[str, dict[str, Any]] = {}
    for bundle in bundles:
        cards = {**bundle.cards, **cards}
    found: dict[str, Segment] = {
        segment.hash: segment
        for bundle in bundles
        for segment in bundle.segments
        if not counts(bundle, segment, cards)
    }
    rows: dict[tuple[str, str, str], list[Change]] = defaultdict(list)
    for segment in found.values():
        for change in segment.changes:
            rows[segment.header["scope"], change.entity, change.row].append(change)
    shown: dict[str, dict[str, dict[str, Any]]] = {}
    for (scope, entity, row), made in rows.items():
        heads = _heads(made)
        if _is_there(heads):
            shown.setdefault(scope, {}).setdefault(entity, {})[row] = _shown(heads)
    return canonical(shown)


class Head:
    """A change with all its names: copies of one change are one."""

    def __init__(self, copies: list[Change]) -> None:
        self.names = {one.name for one in copies}
        self.rank = max(one.rank for one in copies)
        self.based_on = frozenset().union(*(one.based_on for one in copies))
        self.field, self.value = copies[0].field, copies[0].value


def _heads(made: Iterable[Change]) -> Row:
    copies: dict[tuple[str, str, str], list[Change]] = defaultdict(list)
    named: dict[str, set[str]] = defaultdict(set)
    for one in made:
        copies[one.field, one.clock, canonical(one.value)].append(one)
        named[one.field] |= one.based_on
    found: Row = defaultdict(list)
    for same in copies.values():
        head = Head(same)
        if not named[head.field] & head.names:
            found[head.field].append(head)
    for heads in found.values():
        heads.sort(key=lambda head: head.rank, reverse=True)
    return found


def _is_there(heads: Row) -> bool:
    marks = heads.get("_exists", [])
    if any(mark.value is not False for mark in marks):
        return True
    known = {name for mark in marks for name in mark.based_on}
    others = [head for field, found in heads.items() if field != "_exists" for head in found]
    return bool(marks) and any(not head.names & known for head in others)


def _shown(heads: Row) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for field, found in heads.items():
        if field == "_exists":
            continue
        values = {canonical(head.value): head.value for head in found}
        winner = found[0].value
        others = [values[text] for text in sorted(values) if text != canonical(winner)]
        if winner is not None or others:
            shown[field] = winner
        if others:
            shown[f"{field}?"] = others
    return shown
