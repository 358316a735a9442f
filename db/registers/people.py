"""Who works for the programme, and who answers for which criterion and which village."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from db.kinds import Line
from db.models import Member, Responsibility
from db.models.base import KEY_SEPARATOR
from db.models.people import Body
from db.registers.register import Column, Context, Record, Register, Values, by_choice
from db.text import sort_key

_BODIES = [one.value for one in Body]


def _member_order(record: Record) -> object:
    body = record.values.get("body")
    return (
        _BODIES.index(body) if body in _BODIES else len(_BODIES),
        sort_key(record.values.get("name") or ""),
    )


MEMBERS = Register(
    model=Member,
    help="Thành viên Ban Chỉ đạo, Ban Quản lý, Ban Phát triển thôn và cán bộ huyện phụ trách xã.",
    listed=("name", "body", "position", "office", "village"),
    order=_member_order,
    filters=by_choice("body", Body),
)


def _subjects(context: Context) -> Sequence[str]:
    """Give what somebody must answer for: each criterion of the set, then each village."""
    chosen = context.sheet.criteria_set
    criteria = [Responsibility.row_id(chosen.id, one.number, "") for one in chosen.criteria]
    return [
        *criteria,
        *(Responsibility.row_id("", "", code) for code in context.names.of("village")),
    ]


def _subject_names(
    _session: Session, context: Context, rows: Mapping[str, Values]
) -> Mapping[str, Values]:
    return {row: {"subject": subject_of(context, row)} for row in rows}


def subject_of(context: Context, row: str) -> str:
    """Say what a responsibility is for."""
    set_id, criterion, village = row.split(KEY_SEPARATOR)
    chosen = context.sheet.criteria_set
    named = next((one.name for one in chosen.criteria if one.number == criterion), "")
    parts = [f"Tiêu chí {criterion} {named}".rstrip()] if criterion else []
    if set_id and set_id != chosen.id:
        parts.append(f"({set_id})")
    if village:
        parts.append(context.names.name("village", village))
    return " · ".join(parts)


def _subject_order(record: Record) -> object:
    return (not record.id.split(KEY_SEPARATOR)[1], sort_key(record.values["subject"]))


RESPONSIBILITIES = Register(
    model=Responsibility,
    help="Ai chịu trách nhiệm từng tiêu chí và từng thôn. Dòng chưa có người là việc chưa có chủ.",
    listed=("subject", "member", "helpers"),
    order=_subject_order,
    derived=(Column("subject", "Phụ trách", Line(), derived=True),),
    derive=_subject_names,
    keys=_subjects,
    closed=lambda values: bool(values.get("member")),
    person="member",
    reads=("village",),
)
