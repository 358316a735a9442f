"""Criteria sets the upper level publishes: they travel in `shared` as the text of their file."""

import tempfile
from pathlib import Path

from sqlmodel import select

from db import criteria_sets
from db.criteria.definitions import CriteriaSet
from db.desk import Desk
from db.models import SHARED, PublishedSet
from db.problems import Refused


def publish(desk: Desk, path: Path) -> CriteriaSet:
    """Take a set into this home and publish it to every commune, once and as it is.

    Args:
        desk: the open store of an upper level.
        path: the set's TOML file.

    Raises:
        Refused: the file is wrong, another set bears its id, or this is a commune's store.
    """
    if desk.upper is None:
        raise Refused("Chỉ máy của cấp trên công bố bộ tiêu chí. Chưa có gì thay đổi.")
    chosen = criteria_sets.acceptable(desk.home, path)
    with desk.act() as session:
        if session.get(PublishedSet, (SHARED, chosen.id)) is None:
            row: PublishedSet = PublishedSet.keyed(SHARED, chosen.id)
            row.content = path.read_text(encoding="utf-8-sig")
            session.add(row)
    return criteria_sets.add(desk.home, path)


def take_up(desk: Desk) -> tuple[str, ...]:
    """Make usable what the upper level has published; gives the names of the sets that are new.

    A text that is no set is passed over, and so is one whose id another set here bears.
    """
    with desk.reading() as session:
        rows = session.exec(select(PublishedSet).where(PublishedSet.scope == SHARED)).all()
        published = {row.set_id: row.content or "" for row in rows}
    if not published:
        return ()
    known = {one.id for one in criteria_sets.available(desk.home)}
    return tuple(
        added.short_name
        for set_id, content in sorted(published.items())
        if set_id not in known and (added := _added(desk, content)) is not None
    )


def _added(desk: Desk, content: str) -> CriteriaSet | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "published.toml"
        # Line ends stay as they are: they are part of the set's hash.
        path.write_bytes(content.encode())
        try:
            return criteria_sets.add(desk.home, path)
        except Refused:
            return None
