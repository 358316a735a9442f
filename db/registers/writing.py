"""What a person writes in a register. Each function works inside one journalled action."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import uuid_utils
from sqlalchemy import func, select
from sqlmodel import Session

from db.desk import Desk
from db.incarnation import set_meta
from db.journal.recording import JournalSession
from db.kinds import Link, Links
from db.models import entities
from db.models.base import KEY_SEPARATOR, Replicated, declarations, table
from db.owner import Owner
from db.problems import NotFound, Refused
from db.registers.reading import columns_mark
from db.registers.register import Context, Register, Values


def new_id() -> str:
    """Give the id of a record without a natural key."""
    return str(uuid_utils.uuid7())


def rows_of(session: Session, scope: str, register: Register) -> Sequence[Replicated]:
    """Give every row of a register as it is written; while they are kept, `put` asks for none."""
    model = register.model
    return session.scalars(select(model).where(table(model).c.scope == scope)).all()


def put(
    session: Session,
    context: Context,
    register: Register,
    row: str,
    values: Mapping[str, Any],
) -> str:
    """Write fields of a row; a row that is not there yet is made, with what new rows begin with.

    Gives the row's id: that of a new one may follow from its name.

    Args:
        session: the journalling session of one action.
        context: whose register.
        register: which.
        row: the row's id.
        values: field to value; None takes a value back.

    Raises:
        Refused: a field is the upper level's to write; elsewhere the change would not count. Or
            a new row has no name yet, or one that is there already.
    """
    _check_owner(context, register, values)
    found = session.get(register.model, (context.scope, row))
    if found is None:
        if all(value is None for value in values.values()):
            return row  # taking back what was never there writes nothing
        if register.row_of is not None:
            row = _new_row(session, context, register, register.row_of(row, values))
        session.add(_made(register, context.scope, row, {**register.begin(context), **values}))
        return row
    for name, value in values.items():
        setattr(found, name, value)
    return row


def put_new(
    session: JournalSession,
    context: Context,
    register: Register,
    rows: Mapping[str, Mapping[str, Any]],
) -> None:
    """Make many rows that are known not to be there.

    Args:
        session: the journalling session of one action.
        context: whose register.
        register: which.
        rows: by the row's id, field to value.

    Raises:
        Refused: as `put`.
    """
    if register.model.natural_key:  # the name tells the row, which may be there
        for row, values in rows.items():
            put(session, context, register, row, values)
        return
    begun = register.begin(context)
    made = []
    for row, values in rows.items():
        _check_owner(context, register, values)
        made.append({"scope": context.scope, "id": row, **begun, **values})
    session.add_rows(register.model, made)


def _check_owner(context: Context, register: Register, fields: Iterable[str]) -> None:
    said = declarations(register.model)
    if any(said[name].owner is not context.owner for name in fields):
        whose = "cấp trên ghi, xã" if context.owner is Owner.COMMUNE else "xã ghi, cấp trên"
        raise Refused(f"Ô này do {whose} chỉ xem. Chưa có gì thay đổi.")


def _new_row(session: Session, context: Context, register: Register, row: str) -> str:
    """Refuse a name that tells no row, or one that is there."""
    first = register.columns[0].label.lower()
    if not row:
        raise Refused(f"Hãy ghi {first} trước. Chưa có gì thay đổi.")
    if session.get(register.model, (context.scope, row)) is not None:
        raise Refused(
            f"Danh sách đã có {register.called} này. Chưa có gì thay đổi. Hãy ghi {first} khác."
        )
    return row


def _made(register: Register, scope: str, row: str, values: Mapping[str, Any]) -> Replicated:
    model = register.model
    if not model.natural_key:
        return model(scope=scope, id=row, **values)
    parts: list[Any] = row.split(KEY_SEPARATOR)
    kinds = [table(model).columns[name].type.wire_python for name in model.natural_key]  # type: ignore[attr-defined]
    made: Replicated = model.keyed(
        scope, *(kind(part) for kind, part in zip(kinds, parts, strict=True))
    )
    for name, value in values.items():
        setattr(made, name, value)
    return made


def choose_columns(desk: Desk, register: Register, names: Sequence[str]) -> None:
    """Let this machine show these columns of a register; none for those that are declared."""
    with desk.store.writing() as connection:
        set_meta(connection, columns_mark(register), ",".join(names))


def step(session: Session, context: Context, register: Register, row: str, values: Values) -> bool:
    """Carry a row on to its next step; tells whether there was one."""
    said = register.step(values, context)
    if said:
        put(session, context, register, row, said)
    return bool(said)


def delete(session: Session, context: Context, register: Register, row: str) -> None:
    """Delete a row. What leads to it stays as it is, and shows that it leads nowhere now.

    Raises:
        NotFound: it is not there.
    """
    found = session.get(register.model, (context.scope, row))
    if found is None:
        raise NotFound(
            f"Mục này chưa có gì để xóa hoặc đã bị xóa ở nơi khác. {register.title} còn nguyên."
        )
    session.delete(found)


def leading_to(session: Session, scope: str, register: Register, row: str) -> Mapping[str, int]:
    """Count the rows of other registers that lead to a row: what they are called to how many."""
    counts: dict[str, int] = {}
    for model in entities().values():
        rows = table(model)
        for name, declared in declarations(model).items():
            kind = declared.kind
            if not isinstance(kind, Link) or kind.entity != register.name:
                continue
            column = rows.c[name]
            leads = func.instr(column, f'"{row}"') > 0 if isinstance(kind, Links) else column == row
            found = session.connection().execute(
                select(func.count()).select_from(rows).where(rows.c.scope == scope, leads)
            )
            counts[model.called] = counts.get(model.called, 0) + int(found.scalar_one())
    return {called: count for called, count in counts.items() if count}
