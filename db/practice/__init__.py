"""The practice commune: fictional, marked as practice, with weeks of made-up work in it."""

import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

from db import clock
from db.clock import VIETNAM
from db.desk import Desk
from db.home import Home
from db.incarnation import get_meta, set_meta
from db.lock import StoreLock
from db.numbers import show_date
from db.practice.story import Bench, Story, read_story
from db.problems import Refused
from db.profile import update_profile
from db.store import Store

_READY = "practice_ready"
_MORNING = time(7, 30)
_BETWEEN_DEEDS = timedelta(minutes=2)


class PastClock:
    """A wall clock that shows a past moment, and moves on a little each time it is read."""

    def __init__(self) -> None:
        self._ms = 0

    def show(self, moment: datetime) -> None:
        """Set the clock; never back."""
        self._ms = max(self._ms, int(moment.timestamp() * 1000))

    def __call__(self) -> int:
        """Give Unix milliseconds."""
        self._ms += 1
        return self._ms


def prepare(home: Home, today: date | None = None) -> bool:
    """Make the practice commune in a home, unless it is there.

    Args:
        home: where it is, or will be made.
        today: the day that its story ends before; the present one when not given.

    Returns:
        Whether it was made now.

    Raises:
        Refused: the home holds a real commune, or what is left of some store.
    """
    if home.store.exists():
        if _is_ready(home):
            return False
        _set_aside(home)
    elif _holds_remains(home):
        raise Refused(
            f"Thư mục {home.path} còn giữ kho hỏng hoặc bản sao lưu, có thể là số liệu thật. "
            "Chưa có gì thay đổi. Hãy chạy ntm restore để dùng lại bản sao lưu, "
            "hoặc thực hành ở thư mục khác bằng --home."
        )
    _make(home, read_story(), today or clock.today())
    return True


def _holds_remains(home: Home) -> bool:
    return any(path for folder in (home.damaged, home.backups) for path in folder.glob("*"))


def _is_ready(home: Home) -> bool:
    with Store.read(home) as store, store.reading() as session:
        connection = session.connection()
        if get_meta(connection, "practice") != "1":
            raise Refused(
                f"Thư mục {home.path} đang giữ số liệu thật của một xã nên không dùng để tập. "
                "Số liệu đó còn nguyên. Hãy chọn một thư mục khác bằng --home, hoặc bỏ --home "
                "và biến NTM_HOME để dùng thư mục thực hành thường lệ."
            )
        return get_meta(connection, _READY) == "1"


def _set_aside(home: Home) -> None:
    """Put away a practice store whose making was interrupted; nobody has worked in it."""
    lock = StoreLock(home).acquire()
    try:
        home.replaced.mkdir(exist_ok=True)
        home.store.replace(home.replaced / f"thuc-hanh-do-dang-{clock.wall_ms()}.sqlite")
    finally:
        lock.release()


def _make(home: Home, story: Story, today: date) -> None:
    wall = PastClock()
    wall.show(_at(today, story.founded))
    # Hundreds of actions would wait for the disk one by one; a making cut short is begun anew.
    with Desk.found(home, story.founding, practice=True, wall=wall, flushed=False) as desk:
        with desk.act() as session:
            deadline = show_date(today + timedelta(days=story.deadline))
            update_profile(session, desk.commune.scope, "deadline", deadline)
            for field, value in story.held.items():
                update_profile(session, desk.commune.scope, field, value)
        _live_through(desk, story, today, wall)
    with Store.open(home) as store, store.writing() as connection:  # flushes all that is in it
        set_meta(connection, _READY, "1")


def _live_through(desk: Desk, story: Story, today: date, wall: PastClock) -> None:
    """Do every deed on its day, two minutes apart, each by its own officer."""
    working = desk
    with tempfile.TemporaryDirectory() as papers:
        bench = Bench(desk.sheet(), today, Path(papers))
        day, count = 0, 0
        for deed in story.deeds:
            count = count + 1 if deed.day == day else 0
            day = deed.day
            wall.show(_at(today, day) + count * _BETWEEN_DEEDS)
            if deed.officer != working.officer:
                working = working.taken_by(deed.officer)
            deed.do(working, bench)
    working.taken_by(story.founding.officer)


def _at(today: date, day: int) -> datetime:
    return datetime.combine(today + timedelta(days=day), _MORNING, VIETNAM)
