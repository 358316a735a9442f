"""How people call what is journalled: fields by their declared labels, rows by their subject."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlmodel import Session

from db.criteria.definitions import Tier
from db.engine import query_of
from db.journal.heads import EXISTS
from db.journal.replay import key_values
from db.journal.undo import Undone
from db.models import Assessment, Commune, Officer, SentReport, ThresholdConfirmation, Village
from db.models.base import Replicated, declarations, entities
from db.models.capital import Given
from db.periods import Cycle, from_key
from db.unit_names import Level, bare_name

_SUBJECTS: dict[type[Replicated], Callable[..., str]] = {
    Assessment: lambda indicator, village, **_: (
        f"chỉ tiêu {indicator}{f', thôn {village}' if village else ''}"
    ),
    ThresholdConfirmation: lambda indicator, **_: f"mức đạt của chỉ tiêu {indicator}",
    Commune: lambda **_: "thông tin xã",
    Village: lambda code: f"thôn {code}",
    Officer: lambda code: f"cán bộ {code}",
    SentReport: lambda cycle, period: f"báo cáo {_period(cycle, period)}",
}


def _period(cycle: str, key: str) -> str:
    found = from_key(Cycle(cycle), key) if cycle in set(Cycle) else None
    return found.label if found is not None else key


def _step(step: str) -> str:
    from db.registers.dossier import MODEL_CONDITIONS, STEPS

    return {one.id: one.name for one in (*MODEL_CONDITIONS, *STEPS)}.get(step, step)


def _label(values: Iterable[Any]) -> Callable[[str], str]:
    """Give the words of one of few values, or what is written where only a newer program knows."""
    labels = {one.value: str(one.label) for one in values}
    return lambda value: labels.get(value, value)


_PARTS: dict[str, Callable[[Any], str]] = {
    "indicator": lambda number: f"chỉ tiêu {number}",
    "criterion": lambda number: f"tiêu chí {number}",
    "village": lambda village: f"thôn {village}" if village else "",
    "device": lambda device: f"máy {device[:4]}-…",
    "tier": _label(Tier),
    "cycle": lambda cycle: _label(Cycle)(cycle).lower(),
    "given": _label(Given),
    "step": _step,
    "year": lambda year: f"năm {year}",
    "set_id": str,
}
"""How the parts of a natural key are read, in this order, where a row has no words of its own."""


def undone_label(done: Undone) -> str:
    """Say what an undo took back: the first thing in words, the others counted."""
    if not done.fields:
        return "không còn gì để đổi"
    first = done.fields[0]
    what = row_label(first.entity, first.row, done.named)
    if first.field != EXISTS:
        what = f"{what}, {field_label(first.entity, first.field).lower()}"
    others = len(done.fields) - 1
    return f"{what} và {others} mục nữa" if others else what


def register_label(entity: str) -> str:
    """Say in Vietnamese in which register an entity is kept; its name where that is not known."""
    model = entities().get(entity)
    return model.subject if model is not None else entity


def field_label(entity: str, field: str) -> str:
    """Give a field's Vietnamese label; its own name where only a newer program knows it."""
    if field == EXISTS:
        return "Tạo hoặc xóa"
    model = entities().get(entity)
    declared = declarations(model).get(field) if model is not None else None
    return declared.label if declared is not None else field


def name_of(session: Session, scope: str, entity: str, row: str) -> str:
    """Give what a row, or the village it is about, was called last; empty where it has no name."""
    model = entities().get(entity)
    key = key_values(model, row) if model is not None else None
    if key and key.get("village"):
        return name_of(session, scope, "village", str(key["village"]))
    if model is None or not model.named_by:
        return ""
    found = query_of(session)(
        "SELECT value FROM change WHERE scope = ? AND entity = ? AND row = ? AND field = ?"
        " AND accepted = 1 AND value <> 'null' ORDER BY clock DESC LIMIT 1",
        (scope, entity, row, model.named_by[0]),
    )
    value = next((json.loads(value) for (value,) in found), "")
    return value if isinstance(value, str) else ""


def row_label(entity: str, row: str, named: str = "") -> str:
    """Say in Vietnamese what a row is about; `named` is its name, or that of its village."""
    model = entities().get(entity)
    subject = _SUBJECTS.get(model) if model is not None else None
    values = key_values(model, row) if model is not None else None
    if model is None or (subject is not None and values is None):
        return entity
    if named and values and values.get("village"):
        values = {**values, "village": bare_name(named, Level.VILLAGE)}
    if subject is not None and values is not None:
        return named if named and model is Village else subject(**values)
    if named and not (values and values.get("village")):
        return f"{model.called} “{named}”"
    parts = [words(values[name]) for name, words in _PARTS.items() if values and name in values]
    return " ".join([model.called, ", ".join(filter(None, parts))]).rstrip()
