"""Đối chiếu: a threshold checked against the paper, by whom, when, from which paper."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import thresholds
from db.canonical import Json
from db.criteria.definitions import SourceStatus, ThresholdKind
from db.criteria.entry import parse_entry
from db.desk import Desk
from db.models import ThresholdConfirmation
from db.problems import NotFound, Refused
from db.sheet.thresholds import ThresholdState
from db.thresholds import threshold_states
from tests._helpers.stores import count, friends, pass_on

SCOPE = "lang-son/huu-lung/cai-kinh"


def states(desk: Desk) -> dict[str, ThresholdState]:
    with desk.reading() as session:
        return dict(threshold_states(session, SCOPE, desk.sheet().criteria_set))


def confirm(desk: Desk, number: str, entry: str = "", document: str = "") -> None:
    criteria_set = desk.sheet().criteria_set
    shipped = criteria_set.indicator(number).threshold
    with desk.act() as session:
        thresholds.confirm(
            session,
            SCOPE,
            criteria_set,
            number,
            threshold=parse_entry(entry, shipped) if entry else None,
            document=document,
        )


def unknown(desk: Desk) -> str:
    return next(
        one.number for one in desk.sheet().criteria_set.indicators if not one.threshold.known
    )


def test_a_confirmation_keeps_who_when_and_which_paper(desk: Desk) -> None:
    before = states(desk)["17.8"]
    assert not before.confirmed
    assert (before.officer, before.confirmed_at) == ("", None)
    confirm(desk, "17.8", document="  QĐ 1062/QĐ-UBND, bản giấy ")
    after = states(desk)["17.8"]
    assert after.confirmed
    assert not after.corrected
    assert after.officer == "Nguyễn Thị Hường"
    assert after.confirmed_at is not None
    assert after.confirmed_at.utcoffset() is not None
    assert after.effective.document == "QĐ 1062/QĐ-UBND, bản giấy"
    assert after.effective.values == before.effective.values
    assert desk.checklist().unconfirmed == len(states(desk)) - 1


def test_the_sets_own_decision_is_the_paper_when_none_is_named(desk: Desk) -> None:
    confirm(desk, "17.8")
    assert states(desk)["17.8"].effective.document == desk.sheet().criteria_set.document


def test_what_the_paper_corrects_counts_from_then_on(desk: Desk) -> None:
    confirm(desk, "17.8", "75")
    after = states(desk)["17.8"]
    assert after.corrected
    assert [str(value) for value in after.effective.values] == ["75"]
    assert desk.checklist().by_number["17.8"].indicator.threshold == after.effective
    confirm(desk, "17.8")  # confirming again keeps the correction
    assert states(desk)["17.8"].corrected


def test_an_unknown_threshold_must_be_filled_in_to_be_confirmed(desk: Desk) -> None:
    number = unknown(desk)
    before = count(desk, "change")
    with pytest.raises(Refused, match="Chưa có gì thay đổi"):
        confirm(desk, number)
    assert count(desk, "change") == before


def test_an_indicator_that_the_set_does_not_have_is_refused(desk: Desk) -> None:
    criteria_set = desk.sheet().criteria_set
    given_ = criteria_set.indicator("17.8").threshold
    before = count(desk, "change")
    for threshold in (None, given_):
        with pytest.raises(NotFound, match=r"99\.9"), desk.act() as session:
            thresholds.confirm(session, SCOPE, criteria_set, "99.9", threshold=threshold)
    assert count(desk, "change") == before


def test_a_confirmation_that_was_taken_back_leaves_the_shipped_threshold(desk: Desk) -> None:
    shipped = states(desk)["17.8"]
    confirm(desk, "17.8", "75")
    with desk.act() as session:
        thresholds.forget(session, SCOPE, desk.sheet().criteria_set, "17.8")
        thresholds.forget(session, SCOPE, desk.sheet().criteria_set, "17.9")  # never was
    assert states(desk)["17.8"] == shipped
    desk.store.undo(desk.officer)
    assert states(desk)["17.8"].corrected
    desk.store.undo(desk.officer)
    assert states(desk)["17.8"] == shipped


def test_confirming_the_same_twice_writes_once(desk: Desk) -> None:
    confirm(desk, "17.8")
    before = count(desk, "change")
    confirm(desk, "17.8")
    assert count(desk, "change") == before


def test_the_other_laptop_sees_who_confirmed(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        confirm(two, "17.8", "75")
        pass_on(two, one, tmp_path / "a")
        assert states(one)["17.8"].officer == "Lý Văn Bé"
        assert states(one)["17.8"].corrected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "70", "pct_ge", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "values", "level", "levels", "by_year", "units", "source"]),
            inner,
        )
    ),
    max_leaves=8,
)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(said=st.dictionaries(st.sampled_from(["kind", "values", "source", "level"]), JSON))
def test_a_threshold_that_cannot_be_understood_leaves_the_shipped_one(
    desk: Desk, said: dict[str, Json]
) -> None:
    """What another program wrote may be anything; the checklist is shown all the same."""
    with desk.act() as session:
        row = session.get(ThresholdConfirmation, (SCOPE, "xa-ntm-2021-2025|17.8"))
        if row is None:
            row = ThresholdConfirmation.keyed(SCOPE, "xa-ntm-2021-2025", "17.8")
            session.add(row)
        row.threshold = said
    found = desk.checklist().by_number["17.8"]
    assert found.threshold.effective.kind in set(ThresholdKind)
    assert found.threshold.effective.source in set(SourceStatus)


def test_a_threshold_of_another_kind_than_the_figure_never_breaks_the_checklist(
    desk: Desk,
) -> None:
    criteria_set = desk.sheet().criteria_set
    kinds = {one.threshold.kind: one.threshold for one in criteria_set.indicators}
    for threshold in kinds.values():
        for number in ("17.8", "10.1", "1.1"):
            with desk.act() as session:
                row = session.get(ThresholdConfirmation, (SCOPE, f"{criteria_set.id}|{number}"))
                if row is None:
                    row = ThresholdConfirmation.keyed(SCOPE, criteria_set.id, number)
                    session.add(row)
                row.threshold = threshold.to_wire()
        assert len(desk.checklist().states) == 57
