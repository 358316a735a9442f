"""The five lessons, played by keys as a beginner would, wrong turns included."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from rich.cells import cell_len

from db.communes import Founding
from db.desk import Desk
from db.home import Home
from db.journal.doings import Doings
from db.judging import Status
from db.practice.lessons import PAPER, lessons_done
from ntm_tui.commands import ShowLessons
from ntm_tui.lessons import teacher
from ntm_tui.lessons.five import ATTACH, FILL_IN, LESSONS, OBSTACLE, SEND, UNDO
from ntm_tui.lessons.lesson import Facts, Lesson, Told
from ntm_tui.lessons.panel import LessonPanel
from tests._helpers.cli import call_cli
from tests._helpers.keys import wait_until
from tests._helpers.looks import english_in, rows, seen
from tests._helpers.modes import Begun, begun
from tests._helpers.stores import found_upper

NOTHING = Doings(0, 0, 0, 0, can_redo=False, written=frozenset())
PAPER_LIST = {f"{number}.1": Status.MET for number in range(1, 11)}
BEGINNING = Facts("week", "", frozenset(), NOTHING, PAPER_LIST, PAPER_LIST)


@pytest.fixture
def practice(home: Home, founding: Founding) -> Home:
    """A practice commune without a story."""
    Desk.found(home, founding, practice=True).close()
    return home


@pytest.fixture(autouse=True)
def _watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teacher, "LOOK_SECONDS", 0.1)


class Pupil:
    """Somebody who takes lessons."""

    def __init__(self, at: Begun) -> None:
        self.at = at

    async def begins(self, lesson: Lesson) -> None:
        await self.at.keys.press("shift+f1", "home", *["down"] * LESSONS.index(lesson), "enter")
        await self.hears(lesson.title, "bước")

    async def presses(self, *keys: str) -> None:
        await self.at.keys.press(*keys)
        await self.at.settled()

    async def types(self, text: str) -> None:
        await self.at.keys.type(text)

    async def hears(self, *words: str) -> None:
        """Wait until the panel on the screen says all of it."""
        await wait_until(lambda: all(it in self.told() for it in words))

    def told(self) -> str:
        panels = [it for it in self.at.screen.query(LessonPanel) if it.display]
        return "\n".join(it.render().plain for it in panels)

    async def finishes(self, lesson: Lesson) -> None:
        await self.hears("√ Xong bài", lesson.title)
        desk = self.at.app.desk
        assert desk is not None
        await wait_until(lambda: lesson.name in lessons_done(desk))


@asynccontextmanager
async def pupil(home: Home, lesson: Lesson) -> AsyncIterator[Pupil]:
    async with begun(home, "week") as at:
        person = Pupil(at)
        await person.begins(lesson)
        yield person


# -- By keys, as the lessons say ------------------------------------------------------------------


async def test_ten_indicators_are_filled_in_from_a_paper(practice: Home) -> None:
    async with pupil(practice, FILL_IN) as person:
        await person.hears("Bấm F3")
        await person.presses("f3")
        await person.hears("bước 2/2", "1.1→1", "0/10")
        await person.presses("1", "1", "2")
        await person.hears("2.1→1", "2/10")
        await person.presses("up", "1", *"111111")
        await person.hears("9/10")
        await person.presses("ctrl+z")
        await person.hears("8/10")
        await person.presses("1", "1")
        await person.finishes(FILL_IN)


async def test_a_lesson_taken_again_has_another_paper(practice: Home) -> None:
    async with pupil(practice, FILL_IN) as person:
        await person.presses("f3", *"1111111111")
        await person.finishes(FILL_IN)
        await person.begins(FILL_IN)
        await person.hears("1.1→3", "0/10")


async def test_undo_and_redo_are_tried(practice: Home) -> None:
    async with pupil(practice, UNDO) as person:
        await person.presses("f3")
        await person.hears("bấm nhầm 2")
        await person.presses("2")
        await person.hears("Bấm Ctrl+Z:")
        await person.presses("ctrl+z")
        await person.hears("Bấm Ctrl+Y:")
        await person.presses("1")  # now there is nothing to do again
        await person.hears("Bấm Ctrl+Z, rồi bấm Ctrl+Y")
        await person.presses("ctrl+z")
        await person.hears("Bấm Ctrl+Y:")
        await person.presses("ctrl+y")
        await person.finishes(UNDO)


async def test_a_sample_file_is_attached_and_described(practice: Home) -> None:
    async with pupil(practice, ATTACH) as person:
        await person.presses("f3", "down", "ctrl+g")
        await person.hears(PAPER, "bấm Enter")
        await person.presses("escape")
        await person.hears("Bấm Ctrl+G để chọn tệp")
        await person.presses("escape")
        await person.hears("Chọn một chỉ tiêu")
        await person.presses("ctrl+g", "enter")
        await person.hears("Số, ký hiệu; gõ 05/BB")
        await person.presses("escape", "escape")
        await person.hears("Bấm Ctrl+T rồi Enter")
        await person.presses("ctrl+t", "enter", "enter", "enter")
        await person.types("05/BB")
        await person.presses("enter")
        await person.hears("Bấm Esc")
        await person.presses("escape", "escape")
        await person.finishes(ATTACH)


async def test_an_obstacle_is_written_down_and_reported(practice: Home) -> None:
    async with pupil(practice, OBSTACLE) as person:
        await person.presses("f5")
        await person.hears("Bấm 2")
        await person.presses("2")
        await person.hears("Bấm Ctrl+N")
        await person.presses("ctrl+n")
        await person.hears("Ô Nội dung")
        await person.presses("escape")
        await person.hears("Bấm Ctrl+N")
        await person.presses("ctrl+n")
        await person.types("Thiếu xi măng làm đường thôn")
        await person.presses("enter")
        await person.hears("gõ 2 (Huyện)")
        await person.presses("escape")
        await person.hears("Chọn dòng vừa thêm, bấm Enter")
        await person.presses("enter", "enter", "2", "enter")
        await person.types("Cấp thêm 20 tấn")
        await person.presses("tab")
        await person.hears("Bấm Esc")
        await person.presses("escape", "f3")
        await person.hears("Bấm F5 rồi 2", "phím cách")
        await person.presses("f5", "space")
        await person.finishes(OBSTACLE)


async def test_a_bundle_is_written_and_its_code_is_found_again(practice: Home) -> None:
    async with pupil(practice, SEND) as person:
        await person.presses("f8", "5")
        await person.hears("Bấm 1 để mở phần Gửi đi")
        await person.presses("1")
        await person.hears("Bấm Enter để ghi gói")
        await wait_until(lambda: "Thư mục gói của máy này" in seen(person.at.app))
        await person.presses("enter")
        await person.hears("mã đối chiếu", "Bấm 5")
        await person.presses("5")
        await person.finishes(SEND)
        [bundle] = practice.outgoing.glob("NTM_*.zip")
        code = person.told().partition("Đọc mã ")[2][:6]
        assert code in seen(person.at.app)
    assert code in call_cli("verify", str(bundle)).out


# -- Where and when --------------------------------------------------------------------------------


async def test_a_real_store_has_no_lessons(founded: Home) -> None:
    async with begun(founded, "week") as at:
        await at.keys.press("shift+f1")
        assert "Bài học" not in seen(at.app)
        assert at.screen is at.app.screen_stack[0]
        assert "shift+f1" not in at.screen.active_bindings
        await at.keys.press("ctrl+p")
        await at.keys.type("bai hoc")
        await wait_until(lambda: "Không có lệnh nào như vậy" in seen(at.app))


async def test_the_upper_level_has_none_either(home: Home) -> None:
    found_upper(home.path, practice=True).close()
    async with begun(home, "week") as at:
        assert not at.app.practising
        assert "bài học" not in seen(at.app)


async def test_practice_offers_them_in_its_banner_and_palette(practice: Home) -> None:
    async with begun(practice, "week") as at:
        assert f"{ShowLessons.key_label()}: bài học" in rows(at.app)[1]
        assert not [it for it in at.screen.query(LessonPanel) if it.display]
        await at.keys.press("ctrl+p")
        await at.keys.type("bai hoc")
        await at.keys.press("enter")
        await wait_until(lambda: "1. Điền mười chỉ tiêu" in seen(at.app))
        assert "Thôi học" not in seen(at.app)


async def test_a_lesson_is_left_at_any_time_and_the_list_knows_what_was_finished(
    practice: Home,
) -> None:
    async with pupil(practice, FILL_IN) as person:
        await person.presses("f3", *"1111111111")
        await person.finishes(FILL_IN)
        await person.begins(ATTACH)
        await person.presses("shift+f1")
        assert "1. Điền mười chỉ tiêu  √ xong" in seen(person.at.app)
        await person.presses("end", "enter")
        await wait_until(lambda: not person.told())
        assert person.at.app.lesson_told is None
        await person.presses("shift+f1")
        assert "Thôi học" not in seen(person.at.app)
        await person.presses("enter")  # on the first one that was not finished
        await person.hears(UNDO.title)


async def test_what_was_finished_is_remembered_the_next_day(practice: Home) -> None:
    async with pupil(practice, FILL_IN) as person:
        await person.presses("f3", *"1111111111")
        await person.finishes(FILL_IN)
    async with begun(practice, "week") as at:
        assert at.app.lesson_told is None
        await at.keys.press("shift+f1")
        assert "√ xong" in seen(at.app)


async def test_the_lesson_speaks_over_a_box_too(practice: Home) -> None:
    async with pupil(practice, ATTACH) as person:
        await person.presses("f3", "f1")
        await person.hears("Đính minh chứng")
        assert "Đính minh chứng" in rows(person.at.app)[0]


# -- The words -------------------------------------------------------------------------------------


def every_word(lesson: Lesson) -> Iterable[Told]:
    """All that a lesson may say, wherever the person is."""
    boxes = [frozenset[str](), *(frozenset({it}) for it in ("FilePicker", "DocumentForm"))]
    boxes += [frozenset({"EvidenceDialog"}), frozenset({"RowForm"})]
    for opened in boxes:
        for part in ("", "send", "obstacle"):
            facts = replace(BEGINNING, area="work", part=part, opened=opened, code="0Y46XP")
            heads = [f"√ Được rồi. {lesson.title}, bước 9/9"] * len(lesson.steps)
            texts = [step.tell(facts) for step in lesson.steps]
            yield from map(Told, heads, texts)
            yield Told(f"√ Xong bài “{lesson.title}”", lesson.end(facts), finished=True)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda it: it.name)
async def test_whatever_it_says_takes_three_lines_of_eighty(practice: Home, lesson: Lesson) -> None:
    async with begun(practice, "week") as at:
        [panel] = at.screen.query(LessonPanel)
        for told in every_word(lesson):
            at.app.lesson_told = told
            await at.settled()
            assert panel.size.height <= 3, told
            assert cell_len(told.heading) <= 50, told
            assert "…" not in panel.render().plain.splitlines()[0], told
            assert not english_in(told.text), told


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda it: it.name)
def test_every_lesson_begins_with_its_first_step_wherever_nothing_was_done(lesson: Lesson) -> None:
    facts = replace(BEGINNING, area="nowhere")
    assert lesson.place(facts) == 0
    assert not lesson.told(facts).finished


def test_there_are_five() -> None:
    assert len({it.name for it in LESSONS}) == len({it.title for it in LESSONS}) == 5
