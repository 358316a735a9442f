"""The application's side of the lessons: offering, watching, ending."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.timer import Timer

from db.owner import Owner
from db.problems import Problem
from ntm_tui.commands import ShowLessons, bindings
from ntm_tui.compat import work
from ntm_tui.keeper import Keeper
from ntm_tui.lessons.lesson import Told
from ntm_tui.screens.area import AreaScreen

if TYPE_CHECKING:
    from ntm_tui.lessons.lesson import Facts, Lesson
    from ntm_tui.lessons.watching import Run

LOOK_SECONDS = 0.3
"""Seconds between two looks at what the person has done."""


class Teacher(Keeper):
    """Gives lessons in a practice commune, one at a time; never in a real store."""

    BINDINGS = bindings(ShowLessons)

    lesson_told: reactive[Told | None] = reactive(None)
    """What the lesson under way says; None without one."""

    _lesson_run: Run | None = None
    _lesson_facts: Facts | None = None
    _lesson_timer: Timer | None = None

    @property
    def practising(self) -> bool:
        """Whether a practice commune is open."""
        return self.desk is not None and self.desk.practice and self.owner is Owner.COMMUNE

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer lessons only where all is made up."""
        if action == ShowLessons.action():
            return self.practising
        return super().check_action(action, parameters)

    async def action_show_lessons(self) -> None:
        """Let the person choose a lesson, or leave the one under way."""
        if not (self.practising and isinstance(self.screen, AreaScreen) and self.desk):
            return
        from db.practice.lessons import lessons_done
        from ntm_tui.dialogs.choice import ChoiceDialog
        from ntm_tui.lessons.five import LESSONS

        done = await asyncio.to_thread(lessons_done, self.desk)
        choices = [
            (f"{at}. {it.title}", "√ xong" if it.name in done else "")
            for at, it in enumerate(LESSONS, 1)
        ]
        if self.lesson_told is not None:
            choices.append(("Thôi học", ""))
        following = next((at for at, it in enumerate(LESSONS) if it.name not in done), None)
        place = len(choices) - 1 if following is None else following

        def chosen(place: int | None) -> None:
            if place is not None and place < len(LESSONS):
                self._give_lesson(LESSONS[place])
            elif place is not None:
                self._end_lesson()

        self.push_screen(ChoiceDialog("Bài học", choices, place), chosen)

    @work(group="lesson", exclusive=True)
    async def _give_lesson(self, lesson: Lesson) -> None:
        from ntm_tui.dialogs.file_picker import chosen_last
        from ntm_tui.lessons.watching import begin

        desk = self.desk
        if desk is None:
            return
        self._end_lesson()
        try:
            self._lesson_run = await asyncio.to_thread(begin, desk, lesson)
        except Problem as problem:
            self.tell(problem)
            return
        chosen_last[self] = self._lesson_run.folder
        self._lesson_timer = self.set_interval(LOOK_SECONDS, self._look_on)
        await self._see()

    def _look_on(self) -> None:
        if not any(it.group == "lesson" and not it.is_finished for it in self.workers):
            self._see_once()

    @work(group="lesson")
    async def _see_once(self) -> None:
        await self._see()

    async def _see(self) -> None:
        """Look at what has been done, and say what comes next."""
        from ntm_tui.lessons.watching import look, read_facts

        run, desk = self._lesson_run, self.desk
        if run is None or desk is None:
            return
        if not self.practising:  # another store was put in its place
            self._end_lesson()
            return
        sight = look(self.screen_stack, self.current_mode)
        try:
            facts = await asyncio.to_thread(read_facts, desk, run, sight, self._lesson_facts)
        except Problem:  # the store is being put away: the next look tells
            return
        if run is self._lesson_run:
            self._lesson_facts, self.lesson_told = facts, run.lesson.told(facts)
            if self.lesson_told.finished:
                await self._finish_lesson(run.lesson)

    async def _finish_lesson(self, lesson: Lesson) -> None:
        from db.practice.lessons import note_done

        self._stop_looking()
        await self.write(lambda desk: note_done(desk, lesson.name))

    def _end_lesson(self) -> None:
        """Speak no more."""
        self._stop_looking()
        self.lesson_told = None

    def _stop_looking(self) -> None:
        self._lesson_run = self._lesson_facts = None
        if self._lesson_timer is not None:
            self._lesson_timer.stop()
            self._lesson_timer = None
