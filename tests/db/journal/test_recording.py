"""Every write to a replicated row is in the journal, and nothing else is."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, text, update
from sqlmodel import Session

from db.columns import Amount, Day, Flag, Several, Structured, Whole
from db.desk import Desk
from db.engine import make_engine, writing
from db.journal.heads import EXISTS
from db.journal.recording import UnjournalledWrite
from db.journal.replay import replay_all
from db.models import Assessment, Evidence, Obstacle, Officer, Verdict, Village
from db.models.base import Replicated, columns, entities, table
from db.problems import Refused
from tests._helpers.stores import count, set_note, tables_of

SCOPE = "lang-son/huu-lung/cai-kinh"


def sample(kind: object, number: int) -> Any:
    """Some value of a column type, another one for another number."""
    if isinstance(kind, Structured):
        return {"value": str(number), "reason": "Vì đường hỏng"}
    if isinstance(kind, Whole):
        return number
    if isinstance(kind, Flag):
        return bool(number % 2)
    if isinstance(kind, Day):
        return date(2024, 7, number)
    if isinstance(kind, Amount):
        return Decimal(number) / 4
    if isinstance(kind, Several):
        return ["khe-mo", f"dong-mo-{number}"]
    return f"Chữ số {number}"


def new_row(model: type[Replicated], number: int = 1) -> Replicated:
    """A row with every field filled in."""
    key = [2024 if name == "year" else "khe-mo" for name in model.natural_key]
    row = model.keyed(SCOPE, *key) if key else model(scope=SCOPE, id="0190-1")
    for name, kind in columns(model).items():
        setattr(row, name, sample(kind, number))
    return row


def said(row: Replicated) -> dict[str, Any]:
    """A row as `add_rows` takes it."""
    return {it.name: getattr(row, it.name) for it in table(type(row)).columns}


def changes(desk: Desk, entity: str, row: str) -> list[tuple[str, Any]]:
    """The changes of a row in the order in which they were written."""
    with desk.reading() as session:
        found = session.connection().execute(
            text("SELECT field, value FROM change WHERE entity = :e AND row = :r ORDER BY seq"),
            {"e": entity, "r": row},
        )
        return [(field, json.loads(value)) for field, value in found]


def assert_replays(desk: Desk, blank: bytes) -> None:
    """The journal alone, in an empty store, gives the very same tables."""
    empty = desk.home.path.with_name("empty.sqlite")
    empty.write_bytes(blank)
    engine = make_engine(empty)
    with desk.reading() as session:
        held = [tuple(row) for row in session.connection().execute(text("SELECT * FROM change"))]
        want = tables_of(session.connection())
    try:
        with writing(engine).begin() as connection:
            marks = ", ".join("?" * len(held[0]))
            connection.exec_driver_sql(f"INSERT INTO change VALUES ({marks})", held)
            connection.exec_driver_sql("UPDATE change SET head = 0")
            replay_all(connection)
            assert tables_of(connection) == want
            found = connection.execute(text("SELECT * FROM change"))
            assert [tuple(row) for row in found] == held  # the heads were marked as they are
    finally:
        engine.dispose()


@pytest.mark.parametrize("entity", sorted(entities()))
def test_every_table_is_what_the_journal_says(
    desk: Desk, blank: bytes, entity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.journal.recorder.may_write", lambda *_said: True)  # whoever owns it
    model = entities()[entity]
    row_id = new_row(model).id
    with desk.act() as session:
        session.add(new_row(model))
    assert_replays(desk, blank)
    for field, kind in columns(model).items():
        with desk.act() as session:
            row = session.get(model, (SCOPE, row_id))
            setattr(row, field, sample(kind, 2))
    assert_replays(desk, blank)
    with desk.act() as session:
        for field in columns(model):
            setattr(session.get(model, (SCOPE, row_id)), field, None)
    assert_replays(desk, blank)
    with desk.act() as session:
        session.delete(session.get(model, (SCOPE, row_id)))
    assert_replays(desk, blank)
    with desk.act() as session:
        session.add(new_row(model, 3))
    assert_replays(desk, blank)
    again = changes(desk, entity, row_id)[-len(columns(model)) - 1 :]
    assert [field for field, _ in again] == [EXISTS, *columns(model)]


def test_rows_made_many_at_once_are_journalled_like_those_made_one_by_one(
    desk: Desk, blank: bytes
) -> None:
    some = [
        Obstacle(scope=SCOPE, id=f"{way}-{number}", title=f"Thiếu đất {number}\r\n")
        for way in ("one", "many")
        for number in range(3)
    ]
    some[1].proposal = some[4].proposal = unicodedata.normalize("NFD", "Xin tách thửa")
    many = [said(row) for row in some[3:]]
    del many[2]["proposal"]  # what is not named is not said
    with desk.act() as session:
        session.add_all(some[:3])
    with desk.act() as session:
        session.add_rows(Obstacle, many)
        session.add_rows(Obstacle, [])
    assert_replays(desk, blank)
    for number in range(3):
        written = changes(desk, "obstacle", f"many-{number}")
        assert written == changes(desk, "obstacle", f"one-{number}")
        assert ("title", f"Thiếu đất {number}\n") in written


def test_rows_made_many_at_once_are_held_to_the_same_rules(desk: Desk) -> None:
    before = tables_of_store(desk)
    good = said(Obstacle(scope=SCOPE, id="1", title="Thiếu đất"))
    with pytest.raises(Refused, match="cấp trên ghi"), desk.act() as session:
        session.add_rows(Obstacle, [good, {**good, "id": "2", "reply": "Đồng ý"}])
    with pytest.raises(UnjournalledWrite), desk.act() as session:
        session.add_rows(Village, [{**said(Village.keyed(SCOPE, "khe-mo")), "id": "lan-gat"}])
    assert tables_of_store(desk) == before


ENTRIES = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from(["fill in", "delete", "make anew", "make anew in one go"]),
    st.one_of(st.none(), st.text(max_size=20)),
    st.one_of(st.none(), st.integers(0, 999)),
)


@settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    actions=st.lists(st.lists(ENTRIES, unique_by=lambda entry: entry[0], min_size=1), min_size=1)
)
def test_whatever_was_written_replays(
    desk: Desk, blank: bytes, actions: list[list[tuple[str, str, str | None, int | None]]]
) -> None:
    for action in actions:
        with desk.act() as session:
            for code, what, name, households in action:
                row = session.get(Village, (SCOPE, code))
                if row is not None and what != "fill in":
                    session.delete(row)
                    row = None
                if what == "delete":
                    continue
                if what == "make anew":
                    session.flush()
                if row is None:
                    row = Village.keyed(SCOPE, code)
                    session.add(row)
                row.name, row.households = name, households
    assert_replays(desk, blank)


def test_a_row_deleted_and_made_anew_in_one_flush_stays(desk: Desk, blank: bytes) -> None:
    with desk.act() as session:
        session.delete(session.get(Village, (SCOPE, "dong-mo")))
        again = Village.keyed(SCOPE, "dong-mo")
        again.name = "Đồng Mỏ mới"
        session.add(again)
    with desk.reading() as session:
        found = session.get(Village, (SCOPE, "dong-mo"))
        assert found is not None
        assert (found.name, found.households) == ("Đồng Mỏ mới", None)
    assert_replays(desk, blank)


@pytest.mark.parametrize(
    "statement",
    [
        update(Village).values(name="x"),
        delete(Village),
        insert(Village).values(scope=SCOPE, id="x", code="x"),
        update(table(Village)).values(name="x"),
        delete(table(Officer)),
    ],
    ids=str,
)
def test_a_statement_cannot_write_past_the_journal(desk: Desk, statement: Any) -> None:
    before = count(desk, "village"), count(desk, "officer"), count(desk, "change")
    for opened in (desk.act, desk.reading):
        with pytest.raises(UnjournalledWrite), opened() as session:
            session.execute(statement)
    assert before == (count(desk, "village"), count(desk, "officer"), count(desk, "change"))


@pytest.mark.parametrize("way", ["bulk_save_objects", "bulk_insert_mappings"])
def test_bulk_ways_of_a_session_are_refused(desk: Desk, way: str) -> None:
    with pytest.raises(UnjournalledWrite), desk.act() as session:
        getattr(session, way)([Village.keyed(SCOPE, "x")])


def test_a_session_that_only_reads_cannot_write(desk: Desk) -> None:
    with desk.reading() as session, pytest.raises(UnjournalledWrite):
        session.add(Village.keyed(SCOPE, "x"))
        session.flush()
    with Session(desk.store.engine) as session, pytest.raises(UnjournalledWrite):
        session.get(Village, (SCOPE, "dong-mo")).name = "x"
        session.commit()


@pytest.mark.parametrize(
    ("row_id", "key"),
    [
        ("another", ("s", "1.1", 2024, "")),  # says another key than its fields
        ("s|1.1|2024|a|b", ("s", "1.1", 2024, "a|b")),  # a part with the separator in it
        ("s|1.1|2024|\u0065\u0301", ("s", "1.1", 2024, "\u0065\u0301")),  # not composed
        ("s|1.1|2024|a\x00", ("s", "1.1", 2024, "a\x00")),
    ],
)
def test_a_row_whose_id_is_not_its_key_is_refused(
    desk: Desk, row_id: str, key: tuple[Any, ...]
) -> None:
    named = dict(zip(Assessment.natural_key, key, strict=True))
    with pytest.raises(UnjournalledWrite), desk.act() as session:
        session.add(Assessment(scope=SCOPE, id=row_id, **named))


def test_a_key_is_never_edited(desk: Desk) -> None:
    with pytest.raises(UnjournalledWrite), desk.act() as session:
        session.get(Village, (SCOPE, "dong-mo")).code = "lan-gat"
    with pytest.raises(UnjournalledWrite), desk.act() as session:
        row = session.get(Village, (SCOPE, "dong-mo"))
        row.id = row.code = "khac"


def test_an_edit_that_changes_nothing_is_not_journalled(desk: Desk) -> None:
    before = count(desk, "change"), count(desk, "action")
    with desk.act() as session:
        village = session.get(Village, (SCOPE, "dong-mo"))
        village.name = "Thôn Đồng Mỏ"
        village.households = 120
    with desk.act() as session:
        session.get(Village, (SCOPE, "dong-mo")).name = unicodedata.normalize("NFD", "Thôn Đồng Mỏ")
    with desk.act():
        pass
    assert before == (count(desk, "change"), count(desk, "action"))


def test_what_was_not_filled_in_is_not_journalled(desk: Desk) -> None:
    with desk.act() as session:
        session.add(Village.keyed(SCOPE, "khe-mo"))
    assert changes(desk, "village", "khe-mo") == [(EXISTS, True)]


def test_a_figure_is_one_change(desk: Desk) -> None:
    with desk.act() as session:
        row = Assessment.keyed(SCOPE, "s", "1.1", 2024, "")
        row.figure = {"numerator": "1011", "denominator": "1498"}
        session.add(row)
    assert changes(desk, "assessment", "s|1.1|2024|") == [
        (EXISTS, True),
        ("figure", {"denominator": "1498", "numerator": "1011"}),
    ]


def test_what_one_person_did_at_once_is_one_action(desk: Desk) -> None:
    with desk.act() as session:
        for code in ("a", "b"):
            session.add(Village.keyed(SCOPE, code))
            session.flush()
    with desk.reading() as session:
        found = session.connection().execute(
            text("SELECT DISTINCT action, officer FROM change WHERE row IN ('a', 'b')")
        )
        ((action, officer),) = found.all()
    assert officer == "Nguyễn Thị Hường"
    assert count(desk, "action", f"id = '{action}'") == 1


def test_text_is_kept_composed_and_without_what_cannot_be_shown(desk: Desk) -> None:
    typed = unicodedata.normalize("NFD", "Đường\x00 bê\x1b tông \ud800🚧\r\n‮ngược\u202c\t1.234,5 m")
    set_note(desk, "1.1", typed)
    kept = "Đường bê tông 🚧\n‮ngược\u202c\t1.234,5 m"
    ((_, value),) = [
        one for one in changes(desk, "assessment", "xa-ntm-2021-2025|1.1|2024|") if one[0] == "note"
    ]
    assert value == unicodedata.normalize("NFC", kept)
    assert desk.checklist().by_number["1.1"].assessment.note == value
    with desk.act() as session:
        row = session.get(Assessment, (SCOPE, "xa-ntm-2021-2025|1.1|2024|"))
        row.status = {"status": "met", "reason": "vi\u0323\ud900\x07"}
    found = changes(desk, "assessment", "xa-ntm-2021-2025|1.1|2024|")[-1]
    assert found == ("status", {"status": "met", "reason": "vị"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 600_000),
        ("title", "ệ" * 200_000),  # three bytes each
        ("size", 2**53),
        ("year", -(2**70)),
    ],
)
def test_what_no_bundle_could_carry_is_refused_and_nothing_is_written(
    desk: Desk, field: str, value: Any
) -> None:
    before = count(desk, "change"), count(desk, "action")
    with pytest.raises(Refused, match="Chưa ghi gì"), desk.act() as session:
        row = Evidence(scope=SCOPE, id="e1")
        setattr(row, field, value)
        session.add(row)
    assert before == (count(desk, "change"), count(desk, "action"))
    assert count(desk, "evidence") == 0


def test_a_name_that_no_bundle_could_carry_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="Tên quá dài"), desk.act() as session:
        session.add(Village.keyed(SCOPE, "x" * 201))
    with pytest.raises(Refused, match="Tên quá dài"), desk.store.act("Nguyễn " * 60) as session:
        session.add(Village.keyed(SCOPE, "x"))


def test_ten_thousand_characters_are_kept(desk: Desk) -> None:
    note = "Nghị quyết 🌾 " * 800
    set_note(desk, "1.1", note)
    assert desk.checklist().by_number["1.1"].assessment.note == note


@pytest.mark.parametrize("at_once", [False, True])
def test_a_value_that_came_before_the_row_was_made_here_is_not_lost(
    desk: Desk, blank: bytes, at_once: bool
) -> None:
    with desk.store.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO change (device, incarnation, scope, seq, segment, clock, written_at,"
            " received_at, officer, action, entity, row, field, value, based_on, head, accepted)"
            " VALUES ('B', '0001bbbbbbbb', ?, 2, 'aaaa', '018000000000.0000',"
            " '2022-04-01T00:00:00.000Z', '2022-04-01T00:00:00.000Z', 'x',"
            " 'a', 'village', 'khe-mo', 'households', '77', '[]', 1, 1)",
            (SCOPE,),
        )
    with desk.act() as session:
        row = Village.keyed(SCOPE, "khe-mo")
        row.name = "Khe Mơ"
        if at_once:
            session.add_rows(Village, [said(row)])
        else:
            session.add(row)
    with desk.reading() as session:
        found = session.get(Village, (SCOPE, "khe-mo"))
        assert found is not None
        assert (found.name, found.households) == ("Khe Mơ", 77)
    assert_replays(desk, blank)


def test_a_commune_cannot_write_what_is_the_upper_levels(desk: Desk) -> None:
    before = tables_of_store(desk)
    with pytest.raises(Refused, match="cấp trên ghi"), desk.act() as session:
        session.add(Verdict.keyed(SCOPE, "xa-ntm-2021-2025", "1.1", 2024))
    with pytest.raises(Refused, match="cấp trên ghi"), desk.act() as session:
        session.add(Obstacle(scope=SCOPE, id="1", title="Thiếu đất", reply="Đồng ý"))
    with pytest.raises(Refused, match="cấp trên ghi"), desk.act() as session:
        session.add(Officer.keyed("shared", "khach"))
    assert tables_of_store(desk) == before


def tables_of_store(desk: Desk) -> object:
    with desk.reading() as session:
        return tables_of(session.connection())
