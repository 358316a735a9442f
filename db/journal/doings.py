"""What was done at this machine since a moment, and still stands."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session

from db.journal.undo import last_redoable
from db.models.base import table
from db.models.journal import Action, Change

_CHANGE = table(Change)
_ACTION = table(Action)


@dataclass(frozen=True)
class Doings:
    """What was done since a moment.

    `newest` tells whether more has been done since, `acts` counts the actions that are no undo or
    redo, `undone` and `redone` those that are; `can_redo` tells whether the last thing was an undo.
    `written` names the entities and fields that were written and not taken back.
    """

    newest: int
    acts: int
    undone: int
    redone: int
    can_redo: bool
    written: frozenset[tuple[str, str]]


def moment(session: Session) -> int:
    """Name the present moment, for `since`."""
    return session.connection().execute(select(func.max(_ACTION.c.pk))).scalar() or 0


def since(session: Session, moment: int) -> Doings:
    """Say what was done after a moment."""
    connection = session.connection()
    after = _ACTION.c.pk > moment
    actions = connection.execute(
        select(_ACTION.c.pk, _ACTION.c.undoes, _ACTION.c.redoes).where(after)
    ).all()
    written = connection.execute(
        select(_CHANGE.c.entity, _CHANGE.c.field)
        .join(_ACTION, _ACTION.c.id == _CHANGE.c.action)
        .where(after, _ACTION.c.undoes.is_(None), _ACTION.c.undone_by.is_(None))
        .distinct()
    )
    return Doings(
        newest=max((it.pk for it in actions), default=moment),
        acts=sum(it.undoes is None and it.redoes is None for it in actions),
        undone=sum(it.undoes is not None for it in actions),
        redone=sum(it.redoes is not None for it in actions),
        can_redo=last_redoable(session) is not None,
        written=frozenset((it.entity, it.field) for it in written),
    )
