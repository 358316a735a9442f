"""The practice district Mẫu: communes made one by one, whose bundles it really takes in."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from db import clock, identity
from db.desk import Desk
from db.home import Home
from db.numbers import show_date
from db.owner import Owner
from db.practice.deeds import Bench, Deed, Table, deeds_of, fill_in, give_verdicts, live_through
from db.practice.district_story import CommuneStory, DistrictStory, read_district
from db.practice.once import make_once
from db.practice.past import PastClock, moment_of
from db.practice.post import Posted, post, take_in
from db.profile import update_profile
from db.sync.watch import Cancelled, Progress, Watch

_MAKING, _TAKING_IN = 4, 1  # parts of the work that a commune is


def prepare_district(
    home: Home,
    today: date | None = None,
    *,
    again: bool = False,
    workshop: Path | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> bool:
    """Make the practice district in a home, unless it is there.

    Args:
        home: where it is, or will be made.
        today: the day that its story ends before; the present one when not given.
        again: put away what is there and make it anew.
        workshop: a folder in which the communes' own stores stay; they are thrown away without it.
        progress: called with the parts of the work that are done, and how many there are.
        cancelled: asked whether to stop.

    Returns:
        Whether it was made now.

    Raises:
        Refused: the home holds real data, other practice data, or what is left of some store.
        BundleProblem: `cancelled`: the person asked to stop; nothing of it stays.
    """
    story, wall, day = read_district(), PastClock(), today or clock.today()
    wall.show(moment_of(day, story.founded))
    watch = Watch(progress, cancelled, len(story.communes) * (_MAKING + _TAKING_IN))
    return make_once(
        home,
        Owner.UPPER,
        lambda: Desk.found_upper(home, story.founding, practice=True, wall=wall, flushed=False),
        lambda desk: _fill(desk, story, day, wall, workshop, watch),
        again=again,
    )


def _fill(
    desk: Desk,
    story: DistrictStory,
    today: date,
    wall: PastClock,
    workshop: Path | None,
    watch: Watch,
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder = Path(made)
        arriving = []
        for commune in story.communes:
            posted = _live(commune, today, folder, workshop)
            arrive = partial(_arrive, posted, watch)
            arriving.append(Deed(commune.sent, desk.officer, arrive, Owner.UPPER))
            watch.step(_MAKING)
        deeds = [*arriving, *_deeds(story)]
        live_through({Owner.UPPER: desk}, deeds, Bench(today, folder), wall)
    desk.taken_by(story.founding.officer)


def _arrive(posted: Posted, watch: Watch, desk: Desk, _bench: Bench) -> None:
    take_in(posted, desk, introduced=True)
    watch.step(_TAKING_IN)


def _live(story: CommuneStory, today: date, stick: Path, workshop: Path | None) -> Posted:
    """Make a commune with a key of its own, let it work, and give the bundle that it sends."""
    name = story.code.rpartition("/")[2]
    home = Home((workshop or stick) / name)
    wall = PastClock()
    wall.show(moment_of(today, story.founded))
    try:
        with Desk.found(
            home, story.founding, practice=True, any_disk=True, wall=wall, flushed=False
        ) as desk:
            _state_profile(desk, story, today)
            live_through({Owner.COMMUNE: desk}, story.deeds, Bench(today, stick), wall)
            wall.show(moment_of(today, story.sent))
            return post(desk, stick)
    finally:
        if workshop is None:
            identity.forget(home.path)


def _state_profile(desk: Desk, story: CommuneStory, today: date) -> None:
    with desk.act() as session:
        deadline = show_date(today + timedelta(days=story.deadline))
        for field, value in {**story.profile, "deadline": deadline}.items():
            update_profile(session, story.code, field, value)


def _deeds(story: DistrictStory) -> Iterator[Deed]:
    """Give what the district's officers did themselves."""
    for name, do in (("registers", fill_in), ("verdicts", give_verdicts)):
        for row in story.deeds[name]:
            for one in _one_by_one(row):
                at = partial(_at_commune, story, do) if "commune" in one else do
                yield from deeds_of([one], story.deeds["officers"], at, Owner.UPPER)


def _one_by_one(row: Table) -> list[Table]:
    """Take a row about several communes apart."""
    return [{**row, "commune": name} for name in row["communes"]] if "communes" in row else [row]


def _at_commune(
    story: DistrictStory,
    do: Callable[[Table, Desk, Bench], None],
    row: Table,
    desk: Desk,
    bench: Bench,
) -> None:
    do(row, desk.at_commune(story.code_of(row["commune"])), bench)
