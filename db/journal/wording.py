"""How people call what is journalled: fields by their declared labels, rows by their subject."""

from collections.abc import Callable

from db.journal.heads import EXISTS
from db.journal.replay import key_values
from db.journal.undo import Undone
from db.models import Assessment, Commune, Officer, ThresholdConfirmation, Village
from db.models.base import Replicated, declarations, entities

_SUBJECTS: dict[type[Replicated], Callable[..., str]] = {
    Assessment: lambda indicator, village, **_: (
        f"chỉ tiêu {indicator}{f', thôn {village}' if village else ''}"
    ),
    ThresholdConfirmation: lambda indicator, **_: f"mức đạt của chỉ tiêu {indicator}",
    Commune: lambda **_: "thông tin xã",
    Village: lambda code: f"thôn {code}",
    Officer: lambda code: f"cán bộ {code}",
}


def undone_label(done: Undone) -> str:
    """Say what an undo took back: the first thing in words, the others counted."""
    if not done.fields:
        return "không còn gì để đổi"
    first = done.fields[0]
    what = row_label(first.entity, first.row)
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


def row_label(entity: str, row: str) -> str:
    """Say in Vietnamese what a row is about."""
    model = entities().get(entity)
    subject = _SUBJECTS.get(model) if model is not None else None
    values = key_values(model, row) if model is not None and subject is not None else None
    if model is None or (subject is not None and values is None):
        return entity
    return subject(**values) if subject is not None and values is not None else model.called
