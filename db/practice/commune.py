"""The practice commune Suối Mẫu, with weeks of made-up work in it."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

from db import clock
from db.desk import Desk
from db.home import Home
from db.numbers import show_date
from db.owner import Owner
from db.practice.deeds import Bench, live_through
from db.practice.once import make_once
from db.practice.past import PastClock, moment_of
from db.practice.post import upper_level_of
from db.practice.story import Story, read_story
from db.profile import update_profile


def prepare(home: Home, today: date | None = None, *, again: bool = False) -> bool:
    """Make the practice commune in a home, unless it is there.

    Args:
        home: where it is, or will be made.
        today: the day that its story ends before; the present one when not given.
        again: put away what is there and make it anew.

    Returns:
        Whether it was made now.

    Raises:
        Refused: the home holds real data, other practice data, or what is left of some store.
    """
    story, wall, day = read_story(), PastClock(), today or clock.today()
    wall.show(moment_of(day, story.founded))
    return make_once(
        home,
        Owner.COMMUNE,
        # Hundreds of actions would wait for the disk one by one; one cut short is begun anew.
        lambda: Desk.found(home, story.founding, practice=True, wall=wall, flushed=False),
        lambda desk: _fill(desk, story, day, wall),
        again=again,
    )


def _fill(desk: Desk, story: Story, today: date, wall: PastClock) -> None:
    with desk.act() as session:
        deadline = show_date(today + timedelta(days=story.deadline))
        update_profile(session, desk.commune.scope, "deadline", deadline)
        for field, value in story.held.items():
            update_profile(session, desk.commune.scope, field, value)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as papers:
        folder = Path(papers)
        with upper_level_of(desk, story.upper, folder, wall) as upper:
            desks = {Owner.COMMUNE: desk, Owner.UPPER: upper}
            live_through(desks, story.deeds, Bench(today, folder, upper), wall)
    desk.taken_by(story.founding.officer)
