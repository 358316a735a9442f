"""Who works for the programme, and who answers for which criterion and which village."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlmodel import Session

from db.communes import village_code, village_order
from db.kinds import Line
from db.models import Member, Responsibility, Village
from db.models.base import KEY_SEPARATOR
from db.models.people import Body
from db.numbers import show_number
from db.registers.names import number_id
from db.registers.register import (
    Column,
    Context,
    Finding,
    Record,
    Register,
    Values,
    by_choice,
)
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


def _check_village(values: Values, _context: Context) -> Iterable[Finding]:
    households, population = values.get("households"), values.get("population")
    if households is not None and population is not None and population < households:
        yield Finding("population", "Số khẩu ít hơn số hộ: hãy xem lại hai số.")


def _village_totals(records: Sequence[Record], _context: Context) -> Sequence[str]:
    sums = {
        name: sum(one.values.get(name) or 0 for one in records)
        for name in ("households", "population")
    }
    shown = {name: show_number(Decimal(total)) for name, total in sums.items()}
    return (f"{len(records)} thôn · {shown['households']} hộ · {shown['population']} khẩu",)


VILLAGES = Register(
    model=Village,
    help="Các thôn của xã: số hộ, số khẩu, trưởng thôn, mục tiêu. Số hộ là mẫu số ở lưới thôn.",
    listed=("name", "households", "population", "leader", "target"),
    order=lambda record: village_order(record.values.get("name") or record.id),
    row_of=lambda _row, values: village_code(values.get("name") or ""),
    check=_check_village,
    totals=_village_totals,
)


def _subjects(_session: Session, context: Context) -> Sequence[str]:
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
    known = context.names.knows("criterion", number_id(set_id, criterion))
    named = context.names.name("criterion", number_id(set_id, criterion)) if known else criterion
    parts = [f"Tiêu chí {named}"] if criterion else []
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
    reads=("village", "criterion"),
)
