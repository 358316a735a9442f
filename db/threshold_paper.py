"""Which printed decision lies beside the keyboard while thresholds are confirmed."""

from sqlmodel import Session

from db.criteria.definitions import CriteriaSet
from db.incarnation import get_meta, set_meta
from db.store import Store
from db.text import clean

_KEY = "paper:"


def paper_of(session: Session, criteria_set: CriteriaSet) -> str:
    """Give the paper last named on this machine; the set's own decision when none was."""
    named = get_meta(session.connection(), _KEY + criteria_set.id)
    return named or criteria_set.document


def remember_paper(store: Store, criteria_set: CriteriaSet, typed: str) -> str:
    """Remember the paper for this set on this machine, and give it as it is kept.

    An empty name stands for the set's own decision.
    """
    name = " ".join(clean(typed).split())
    with store.writing() as connection:
        set_meta(connection, _KEY + criteria_set.id, name)
    return name or criteria_set.document
