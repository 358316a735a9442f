"""What a lesson is: steps, each with words and a test that looks at what has been done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.journal.doings import Doings
    from db.judging import Status


@dataclass(frozen=True)
class Facts:
    """What a lesson sees: the screen in front, and what was done since the lesson began.

    `area` is the work area, `part` the register or section in front of it, `opened` the names of
    the boxes over it. `paper` is what a paper list says of some indicators and `left` those of
    them of which the checklist says something else. `code` is the code of the bundle that was
    written, empty until then.
    """

    area: str
    part: str
    opened: frozenset[str]
    doings: Doings
    paper: Mapping[str, Status]
    left: Mapping[str, Status]
    code: str = ""

    def wrote(self, entity: str, *fields: str) -> bool:
        """Tell whether all these fields of an entity were written and not taken back."""
        return all((entity, field) in self.doings.written for field in fields)


@dataclass(frozen=True)
class Step:
    """One thing to do; what is told may depend on where the person is."""

    tell: Callable[[Facts], str]
    done: Callable[[Facts], bool]


@dataclass(frozen=True)
class Lesson:
    """A few steps towards one ability. `end` says what was learned."""

    name: str
    title: str
    steps: tuple[Step, ...]
    end: Callable[[Facts], str]

    def place(self, facts: Facts) -> int:
        """Give the number of steps that lie behind: all up to the last one that is done.

        A step may be skipped by doing what comes after it, and comes back when what it asked for
        is taken back or left. Nothing is remembered, so no wrong turn can lose the way.
        """
        return max((at for at, step in enumerate(self.steps, 1) if step.done(facts)), default=0)

    def told(self, facts: Facts) -> Told:
        """Say what the person should do now, or that all is done."""
        place = self.place(facts)
        if place == len(self.steps):
            return Told(f"√ Xong bài “{self.title}”", self.end(facts), finished=True)
        praise = "√ Được rồi. " if place else "Bài học: "
        heading = f"{praise}{self.title}, bước {place + 1}/{len(self.steps)}"
        return Told(heading, self.steps[place].tell(facts))


@dataclass(frozen=True)
class Told:
    """What the panel shows."""

    heading: str
    text: str
    finished: bool = False
