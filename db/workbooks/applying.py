"""A preview carried out: every change in one action, which one undo takes back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from db import checklist
from db.journal.recording import JournalSession
from db.registers import Register
from db.registers.register import Context
from db.registers.writing import new_id, put, put_new, rows_of
from db.workbooks.changes import Change, Preview
from db.workbooks.ground import Ground
from db.workbooks.layout import CHECKLIST, VILLAGES
from db.workbooks.watch import UNWATCHED, Watch

_ROWS_A_STEP = 250


def apply(ground: Ground, preview: Preview, watch: Watch = UNWATCHED) -> int:
    """Write what a preview is sure of; what is doubtful stays as it is.

    Returns:
        How many fields were written.

    Raises:
        Stopped: a person wants it to end; nothing was written.
        Refused: something cannot be written; nothing was.
    """
    changes = preview.sure
    if not changes:
        return 0
    with ground.desk.act() as session:
        if preview.layout.subject in (CHECKLIST, VILLAGES):
            _put_findings(session, ground, changes, watch)
        else:
            _put_rows(session, ground, preview, watch)
        watch.step(len(changes), len(changes))
    return len(changes)


def _put_findings(
    session: Session, ground: Ground, changes: Sequence[Change], watch: Watch
) -> None:
    for count, change in enumerate(changes):
        watch.step(count, len(changes))
        target, value = change.target, change.value
        number, village = target.row, target.village
        if target.field == "status":
            checklist.set_status(
                session,
                ground.sheet,
                number,
                value["status"],
                reason=value["reason"],
                village=village,
            )
        elif target.field == "figure":
            threshold = ground.checklist.by_number[number].threshold.effective
            checklist.set_figure(session, ground.sheet, number, value, threshold, village=village)
        elif target.field == "due":
            checklist.set_due(session, ground.sheet, number, value, village=village)
        else:
            checklist.set_text(session, ground.sheet, number, target.field, value, village=village)


def _put_rows(session: JournalSession, ground: Ground, preview: Preview, watch: Watch) -> None:
    """Write new rows and those that are there, batch by batch."""
    register = ground.registers[preview.layout.subject]
    context = ground.page(register.name).context
    rows = list(_rows(register, context, preview))
    there = rows_of(session, context.scope, register)  # kept, so that `put` asks for none
    known = {one.id for one in there}
    for first in range(0, len(rows), _ROWS_A_STEP):
        watch.step(first, len(rows))
        some = dict(rows[first : first + _ROWS_A_STEP])
        put_new(session, context, register, {it: some[it] for it in some if it not in known})
        with session.no_autoflush:
            for row in filter(known.__contains__, some):
                put(session, context, register, row, some[row])
        session.flush()


def _rows(
    register: Register, context: Context, preview: Preview
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the rows with what is written in them; new ones begin with nothing made up."""
    found: dict[str, dict[str, Any]] = {}
    for change in preview.sure:
        found.setdefault(change.target.row, {})[change.target.field] = change.value
    unsaid = dict.fromkeys(register.begin(context))
    for row, values in found.items():
        if row in preview.new_rows:
            yield new_id(), {**unsaid, **values}
        else:
            yield row, values
