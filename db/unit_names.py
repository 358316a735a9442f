"""Names of provinces, districts, communes and villages without the word for what they are.

People type "xã Cai Kinh", "Xã Cai Kinh" or "Cai Kinh". A word is taken off only where it is the one
of that level, with its own marks or with none: the communes Quan Sơn and Huyền Sơn, and Xá Lượng,
keep their names.
"""

import re
from enum import Enum

from db.text import clean, fold


class Level(Enum):
    """Which kind of unit a name belongs to; its value lists the words for it."""

    PROVINCE = ("tỉnh", "thành phố", "tp")
    DISTRICT = ("huyện", "thị xã", "thành phố", "quận", "h", "tx", "tp")
    COMMUNE = ("xã", "phường", "thị trấn", "x", "tt")
    VILLAGE = ("khu phố", "thôn", "bản", "xóm", "ấp", "khu")


_NAMES_THEMSELVES = {"quan"}
"""Words that, without marks, begin names: huyện Quan Sơn."""


def bare_name(name: str, level: Level) -> str:
    """Give a name as it is kept, composed and on one line, without the word for its kind."""
    kept = " ".join(clean(name).split())
    return _pattern(level).sub("", kept, count=1)


def _pattern(level: Level) -> re.Pattern[str]:
    unmarked = {fold(word) for word in level.value} - _NAMES_THEMSELVES
    words = sorted({*level.value, *unmarked}, key=len, reverse=True)
    return re.compile(rf"^(?:{'|'.join(words)})(?:\.\s*|\s+)(?=\S)", re.IGNORECASE)
