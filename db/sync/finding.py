"""Finding bundles, and receipts that came alone, on a disk: by their names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.text import sort_key

_NAME = re.compile(
    r"NTM_(?P<commune>[a-z0-9-]+)_(?P<device>[0-9A-Z]{8})_[0-9]{8}_[0-9]+.*\.(zip|zip\.age|receipt)",
    re.IGNORECASE,
)
MOST_FOUND = 500
"""Files of one folder that are looked at; a stick may hold a whole music collection."""


@dataclass(frozen=True)
class FoundBundle:
    """A file that is named like a bundle, or like a receipt alone.

    `sender` is the start of the sending device's id.
    """

    path: Path
    sender: str
    size: int
    modified: datetime


def sender_in(name: str) -> str:
    """Give the start of the sending device's id, by a bundle's name; empty for any other name."""
    named = _NAME.fullmatch(name)
    return named["device"].upper() if named else ""


def bundles_in(folder: Path) -> list[Path]:
    """Give the files of a folder that are named like bundles or receipts, in order of name."""
    return sorted(
        (path for path in _entries(folder) if _NAME.fullmatch(path.name) and path.is_file()),
        key=lambda path: sort_key(path.name),
    )


def find_bundles(folders: Iterable[Path]) -> tuple[FoundBundle, ...]:
    """Look for bundles in some folders and the folders right inside them, newest first."""
    found: dict[Path, FoundBundle] = {}
    for folder in folders:
        for place in (folder, *_folders_in(folder)):
            for path in bundles_in(place):
                if (bundle := _found(path)) is not None:
                    found[path] = bundle
    return tuple(sorted(found.values(), key=lambda one: (one.modified, one.path), reverse=True))


def _found(path: Path) -> FoundBundle | None:
    try:
        about = path.stat()
    except OSError:  # the stick was pulled just now
        return None
    modified = datetime.fromtimestamp(about.st_mtime, UTC)
    return FoundBundle(path, sender_in(path.name), about.st_size, modified)


def _folders_in(folder: Path) -> list[Path]:
    return sorted(
        path for path in _entries(folder) if not path.name.startswith(".") and path.is_dir()
    )


def _entries(folder: Path) -> Iterator[Path]:
    try:
        for number, path in enumerate(folder.iterdir()):
            if number >= MOST_FOUND:
                return
            yield path
    except OSError:  # no such folder, or a disk that was pulled
        return
