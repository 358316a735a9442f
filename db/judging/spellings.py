"""Statuses as people write them in their own tables."""

from db.judging.statuses import Status
from db.text import fold

_WORDS = {
    Status.MET: (
        "dat",
        "d",
        "da dat",
        "dat chuan",
        "dat yeu cau",
        "dat tieu chi",
        "dat chi tieu",
        "hoan thanh",
        "da hoan thanh",
    ),
    Status.NOT_MET: (
        "chua dat",
        "khong dat",
        "chua dat chuan",
        "khong dat chuan",
        "chua dat yeu cau",
        "chua hoan thanh",
        "chua",
        "cd",
        "kd",
    ),
    Status.IN_PROGRESS: (
        "dang thuc hien",
        "dang lam",
        "dang trien khai",
        "dang hoan thien",
        "dang hoan thanh",
    ),
    Status.NOT_APPLICABLE: ("khong ap dung", "khong xet", "kad", "n/a"),
    Status.NOT_ASSESSED: ("chua danh gia",),
}
_BY_WORDS = {words: status for status, several in _WORDS.items() for words in several}
_SHORT_NOT = ("ko", "k", "kg", "khg", "hong")
"""How "không" is cut short before another word."""

MARKS = frozenset("xX×vVüþ√✓✔☑●•+")
"""Signs that people put into the column that holds true; ü and þ are ticks of Wingdings."""


def read_status(text: str) -> Status | None:
    """Give the status that a text names and nothing else; None for any other text."""
    return _BY_WORDS.get(_plain(text))


def begin_status(text: str) -> Status | None:
    """Give the status that a longer text begins with, such as "Chưa đạt, còn 2 hộ"."""
    words = _plain(text).replace(",", " ").replace(":", " ").replace("(", " ").split()
    for count in range(min(len(words), 3), 1, -1):
        found = _BY_WORDS.get(" ".join(words[:count]))
        if found is not None:
            return found
    return Status.MET if words[:1] == ["dat"] else None


def is_mark(text: str) -> bool:
    """Tell whether a text is a tick."""
    bare = text.strip()
    return bool(bare) and len(bare) <= 2 and set(bare) <= MARKS


def _plain(text: str) -> str:
    words = fold(text).strip(" .!;:-*").split()
    if words and words[0] in _SHORT_NOT and len(words) > 1:
        words[0] = "khong"
    return " ".join(words)
