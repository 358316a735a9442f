from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ntm_tui.widgets.typing_history import TypingHistory, end_of_change


def typed(*texts: str, seconds: float = 0.1) -> TypingHistory:
    history = TypingHistory()
    for count, text in enumerate(texts):
        history.note(text, 100 + count * seconds)
    return history


def test_a_word_an_input_tool_wrote_anew_goes_as_one_step() -> None:
    history = typed("v", "vi", "vie", "vi", "viê", "viêt", "viê", "vi", "việ", "việt")
    assert history.undo() == ""
    assert not history.can_undo
    assert history.redo() == "việt"


def test_each_word_is_a_step() -> None:
    history = typed("a", "a ", "a b", "a b ", "a b c")
    assert [history.undo() for _ in range(3)] == ["a b ", "a ", ""]


def test_a_pause_ends_a_step() -> None:
    history = typed("a", "ab", seconds=5)
    assert history.undo() == "a"


def test_pasted_text_is_a_step_of_its_own() -> None:
    history = typed("a", "a dán vào", "a dán vàob")
    assert [history.undo() for _ in range(3)] == ["a dán vào", "a", ""]


def test_typing_on_after_undo_ends_what_could_be_redone() -> None:
    history = typed("a ", "a b")
    history.undo()
    history.note("a c", 200)
    assert not history.can_redo
    assert history.undo() == "a "


@given(st.lists(st.text("ab \n", max_size=5)), st.floats(0, 3))
def test_undoing_and_redoing_everything_leads_back(texts: list[str], seconds: float) -> None:
    history = typed(*texts, seconds=seconds)
    last = texts[-1] if texts else ""
    steps = 0
    text = last
    while history.can_undo:
        text = history.undo()
        steps += 1
    assert text == ""
    for _ in range(steps):
        text = history.redo()
    assert text == last


@given(st.text("abc"), st.text("abc"))
def test_what_follows_the_change_is_the_same_in_both(before: str, after: str) -> None:
    end = end_of_change(before, after)
    assert before.endswith(after[end:])
    assert 0 <= end <= len(after)
