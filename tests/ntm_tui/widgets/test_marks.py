from __future__ import annotations

from db.judging import Status
from ntm_tui.styles.themes import DARK
from ntm_tui.widgets.marks import MARKS


def test_every_status_has_a_mark_and_its_word() -> None:
    assert set(MARKS) == set(Status)
    shorter = {status for status in Status if MARKS[status].word != status.label}
    assert shorter == {Status.IN_PROGRESS}, "a long word that the checklist has no room for"


def test_a_mark_is_sign_and_word_in_the_colour_of_the_theme() -> None:
    styled = MARKS[Status.NOT_MET].styled(DARK.variables)
    assert styled.plain == "× Chưa đạt"
    assert str(styled.style) == DARK.variables["status-not-met"].lower()
