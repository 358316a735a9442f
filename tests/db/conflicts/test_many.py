"""Ten thousand conflicts and as much kept apart stay usable: few statements, however many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from db.clock import VIETNAM
from db.conflicts import Order, compare, find, ordered, read_conflicts, settle
from db.desk import Desk
from db.sync.quarantine import list_quarantine
from tests._helpers.crowded import MANY, fill
from tests._helpers.differences import counted
from tests._helpers.stores import found


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A commune with ten thousand obstacles that two machines called differently."""
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("crowded")
        patch.setenv("NTM_CONFIG", str(path / "config"))
        with found(path / "home") as desk:
            fill(desk)
            yield desk


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """Note every statement that is sent to the store."""
    noted: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        noted.append(statement)

    event.listen(desk.store.engine, "before_cursor_execute", note)
    try:
        yield noted
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", note)


def test_ten_thousand_conflicts_are_listed_with_few_statements(crowded: Desk) -> None:
    with statements(crowded) as noted, crowded.reading() as session:
        board = read_conflicts(crowded, session)
        listed = len(noted)
        places = [board.place(one) for one in ordered(board.conflicts, Order.PLACE)[:2]]
        page = compare(crowded, session, board, board.conflicts[200:250])
        one_page = len(noted) - listed
        more = compare(crowded, session, board, board.conflicts[:1_000])
        assert len(noted) - listed - one_page == one_page
    assert (board.open, len(more)) == (MANY, 1_000)
    assert listed <= 8
    assert one_page <= 16
    assert places == ["vướng mắc “Việc 0 của MAYHAI”", "vướng mắc “Việc 1 của MAYHAI”"]
    assert [side.value for side in page[0].sides] == ["Việc 200 của MAYHAI", "Việc 200 của MAYMOT"]
    assert page[0].sides[0].writers[0].written_at.astimezone(VIETNAM).hour == 8


def test_they_are_counted_with_few_statements(crowded: Desk) -> None:
    with statements(crowded) as noted:
        assert counted(crowded) == MANY
    assert len(noted) <= 4


def test_one_of_them_is_found_by_its_id_and_settled(crowded: Desk) -> None:
    with crowded.reading() as session:
        board = read_conflicts(crowded, session)
        (last,) = compare(crowded, session, board, board.conflicts[-1:])
        assert find(crowded, session, board, last.id) == last
    with statements(crowded) as noted:
        settle(crowded, [(last, last.sides[1])])
    assert len(noted) <= 20
    assert counted(crowded) == MANY - 1
    crowded.store.undo(crowded.officer)
    assert counted(crowded) == MANY


def test_what_is_kept_apart_is_grouped_by_the_store(crowded: Desk) -> None:
    with statements(crowded) as noted, crowded.reading() as session:
        kept = list_quarantine(session)
    assert len(noted) <= 8
    assert [it.device for it in kept] == ["M0", "M1", "M2"]
    assert sum(it.parts for it in kept) == MANY
    assert sum(it.changes for it in kept) == 2 * MANY
