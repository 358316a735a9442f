"""What the upper level sends: a bundle for each commune, all at once or one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.problems import NotFound
from db.text import shown, sort_key
from ntm_tui.screens.sync.choice_list import Choice
from ntm_tui.screens.sync.outgoing import Outgoing, Share

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.info import Receiver

EVERY = "communes"
_ONE = "commune:"
NONE_YET = "Chưa nhận gói của xã nào nên chưa có gì để gửi. Hãy nhận gói của các xã trước."


def read_for_communes(desk: Desk, chosen: str, *, full: bool) -> Outgoing:
    """Read what would travel to the communes, or to the chosen one."""
    from db.sync.contents import contents
    from db.sync.readers import readers_meant

    desks = _desks(desk)
    receivers = (
        Choice(EVERY, f"Tất cả {len(desks)} xã, mỗi xã một gói"),
        *(Choice(f"{_ONE}{it.commune.scope}", f"Xã {shown(it.commune.name)}") for it in desks),
    )
    if not desks:
        return Outgoing((), None, problem=NONE_YET)
    meant = _meant(desks, chosen)
    if len(meant) == 1:
        one = meant[0]
        return Outgoing(
            receivers, contents(one, machines(), full=full), readers_meant(one, machines())
        )
    return Outgoing(receivers, None, shares=tuple(_share(it, full=full) for it in meant))


def desks_meant(desk: Desk, chosen: str) -> Sequence[Desk]:
    """Give a desk at each commune that a bundle is to be written for.

    Raises:
        NotFound: no commune's data is here.
    """
    if desk.upper is None:
        return (desk,)
    desks = _desks(desk)
    if not desks:
        raise NotFound(NONE_YET)
    return _meant(desks, chosen)


def machines() -> Receiver:
    """All trusted machines of a commune, to whom its upper level writes."""
    from db.sync.info import Receiver, ReceiverKind

    return Receiver(ReceiverKind.ALL)


def _desks(desk: Desk) -> Sequence[Desk]:
    from db.upper import communes_in

    with desk.reading() as session:
        codes = communes_in(session)
    return sorted(map(desk.at_commune, codes), key=lambda it: sort_key(it.commune.name))


def _meant(desks: Sequence[Desk], chosen: str) -> Sequence[Desk]:
    one = [it for it in desks if f"{_ONE}{it.commune.scope}" == chosen]
    return one or desks


def _share(desk: Desk, *, full: bool) -> Share:
    from db.sync.planning import plan
    from db.sync.readers import readers_meant

    planned = plan(desk, machines(), full=full)
    readers = readers_meant(desk, machines())
    return Share(shown(desk.commune.name), planned.changes, len(planned.evidence), readers)
