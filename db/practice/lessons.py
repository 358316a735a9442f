"""What the lessons in a practice commune need: a paper to copy from, a file to attach, a memory."""

from collections.abc import Mapping
from pathlib import Path

from db.desk import Desk
from db.home import Home
from db.incarnation import get_meta, set_meta
from db.judging import Status
from db.practice.papers import make_paper
from db.problems import DiskFailed, system_words

LINES = 10
"""Indicators on the paper list."""
PAPER = "bien-ban-hop-thon.pdf"

_DONE = "lessons_done"


def paper_list(desk: Desk) -> Mapping[str, Status]:
    """Make up what a paper list says of the first indicators: not what the checklist says now."""
    first = desk.checklist().states[:LINES]
    return {
        it.indicator.number: Status.IN_PROGRESS
        if it.assessment.status is Status.MET
        else Status.MET
        for it in first
    }


def paper_folder(home: Home) -> Path:
    """Give the folder with the file to attach, which is made if need be.

    Raises:
        DiskFailed: it cannot be written.
    """
    folder = home.path / "giay-to-mau"
    try:
        folder.mkdir(exist_ok=True)
        make_paper(folder, PAPER, "Biên bản họp thôn về vệ sinh môi trường")
    except OSError as error:
        raise DiskFailed(
            f"Không ghi được tệp mẫu của bài học vào {folder} ({system_words(error)}). "
            "Số liệu còn nguyên. Hãy xem ổ đĩa còn chỗ không rồi mở lại bài học."
        ) from error
    return folder


def lessons_done(desk: Desk) -> frozenset[str]:
    """Give the names of the lessons that were finished in this practice commune."""
    with desk.reading() as session:
        return frozenset(get_meta(session.connection(), _DONE).split())


def note_done(desk: Desk, name: str) -> None:
    """Remember that a lesson was finished; that stays on this machine."""
    done = sorted(lessons_done(desk) | {name})
    with desk.store.writing() as connection:
        set_meta(connection, _DONE, " ".join(done))
