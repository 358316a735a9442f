"""The checklist at first sight, before the store is opened for work.

Opening takes the lock, checks the whole file and loads what writing needs. Whoever only wants to
see where the commune stands need not wait for that. What cannot be read in this plain way is left
to the opening, which says what is wrong.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass

from db import migrations
from db.home import Home
from db.problems import Problem
from db.sheet.commune import CommuneProfile, read_profile
from db.sheet.query import Query
from db.sheet.reading import read_checklist, sheet_of
from db.sheet.records import Checklist


@dataclass(frozen=True)
class Glance:
    """Whose store it is, and how its checklist stands; what machines wrote differently is not told.

    `practice` says that all of it is made up for practising.
    """

    commune: CommuneProfile
    practice: bool
    checklist: Checklist


def glance(home: Home) -> Glance | None:
    """Look at a store that nobody opened yet; None where only the opening can tell."""
    if not home.store.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{home.store.as_uri()}?mode=ro", uri=True)) as connection:
            return _read(home, connection.execute)
    except (sqlite3.Error, ValueError, Problem):
        return None


def _read(home: Home, query: Query) -> Glance | None:
    if _one(query, "SELECT version_num FROM alembic_version") != migrations.HEAD:
        return None
    if _one(query, "SELECT value FROM meta WHERE key = 'role'"):
        return None  # an upper level does not begin with one commune's checklist
    commune = read_profile(query)
    practice = _one(query, "SELECT value FROM meta WHERE key = 'practice'") == "1"
    return Glance(commune, practice, read_checklist(query, sheet_of(home, commune)))


def _one(query: Query, statement: str) -> str:
    return next((str(value) for (value,) in query(statement, ())), "")
