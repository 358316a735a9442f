"""Giving one request to many communes: the same row in the scope of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from db import upper
from db.desk import Desk
from db.models import UpperRequest
from db.owner import Owner
from db.registers.register import Context, Values
from db.registers.upper import REQUESTS
from db.registers.writing import put
from db.text import sort_key


@dataclass(frozen=True)
class Addressee:
    """A commune to which a request can be given; `given` says that it has it."""

    scope: str
    name: str
    given: bool


def addressees(desk: Desk, row: str) -> Sequence[Addressee]:
    """Give the communes of the upper level, in the order of their names."""
    with desk.reading() as session:
        codes = upper.communes_in(session)
        given = {code for code in codes if session.get(UpperRequest, (code, row)) is not None}
    found = [Addressee(it, desk.at_commune(it).commune.name, it in given) for it in codes]
    return sorted(found, key=lambda it: sort_key(it.name))


def issue(desk: Desk, context: Context, row: str, values: Values, scopes: Iterable[str]) -> int:
    """Give a request to more communes, as one action; gives to how many.

    Args:
        desk: the open store of an upper level.
        context: what the request was read for.
        row: its id, which is the same in every commune.
        values: what it says; what its commune answered stays there.
        scopes: the codes of the communes; those that have it are passed over.
    """
    own = {it.name for it in REQUESTS.columns if it.typed_by(Owner.UPPER)}
    said = {name: value for name, value in values.items() if name in own}
    count = 0
    with desk.act() as session:
        for scope in scopes:
            if session.get(UpperRequest, (scope, row)) is None:
                put(session, replace(context, scope=scope), REQUESTS, row, said)
                count += 1
    return count
