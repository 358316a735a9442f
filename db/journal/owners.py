"""Who may write what: said once, beside each field's label."""

from functools import lru_cache

from db.journal.heads import EXISTS
from db.models.base import SHARED, declarations, entities
from db.owner import Owner


def owner_of(entity: str, field: str) -> Owner | None:
    """Say who may write a field of a row; None for what only a newer program knows."""
    model = entities().get(entity)
    if model is None:
        return None
    if field == EXISTS:
        return model.row_owner
    found = declarations(model).get(field)
    return found.owner if found else None


@lru_cache(maxsize=4096)  # asked for every change that is written or comes in
def may_write(owner: Owner, scope: str, entity: str, field: str) -> bool:
    """Tell whether a commune or its upper level may write a field of a row in a scope.

    What only a newer program knows may be written; it takes effect after the upgrade. What is
    published to all communes is the upper level's alone.
    """
    if scope == SHARED:
        return owner is Owner.UPPER
    return owner_of(entity, field) in (None, owner)
