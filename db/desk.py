"""An open store with the person who works at it: what screens and commands start from."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Self

from sqlmodel import Session

from db import checklist, communes
from db.clock import Wall
from db.communes import Founding
from db.home import Home
from db.incarnation import get_meta, set_meta
from db.journal.recording import JournalSession
from db.journal.undo import keep_for_good
from db.problems import NotFound, StoreMissing
from db.sheet.commune import CommuneProfile
from db.sheet.reading import sheet_of
from db.sheet.records import Checklist, Sheet
from db.store import Store


@dataclass(frozen=True)
class Desk:
    """A store, its commune, and the officer at the keyboard.

    `practice` says that all of it is made up for practising; that mark never goes away.
    """

    store: Store
    commune: CommuneProfile
    officer: str
    practice: bool

    @classmethod
    def open(cls, home: Home) -> Self:
        """Open for work; see `Store.open` for what can be refused."""
        return cls.at(Store.open(home))

    @classmethod
    def read(cls, home: Home) -> Self:
        """Open for looking only, also while the program runs elsewhere."""
        return cls.at(Store.read(home))

    @classmethod
    def found(
        cls,
        home: Home,
        answers: Founding,
        *,
        practice: bool = False,
        any_disk: bool = False,
        wall: Wall | None = None,
        flushed: bool = True,
    ) -> Self:
        """Make the store of a commune from the first-run answers.

        Args:
            home: where to make it.
            answers: what the person answered.
            practice: all of it is made up for practising.
            any_disk: a person accepts a removable or network disk knowingly.
            wall: what tells the time instead of the machine, until the store is closed.
            flushed: False until the store is closed; see `make_engine`.

        Raises:
            Refused: there is a store already, or an answer is missing.
            DiskRefused: the disk is no safe place for a store.
        """
        communes.commune_code(answers.province, answers.district, answers.commune)
        communes.check_year(answers.year)
        officer = communes.officer_name(answers.officer)
        store = Store.create(home, any_disk=any_disk, wall=wall, flushed=flushed)
        try:
            with store.writing() as connection:
                set_meta(connection, "officer", officer)
                set_meta(connection, "practice", "1" if practice else "")
            with store.act(officer) as session:
                communes.found(session, answers)
                keep_for_good(session)
            return cls.at(store)
        except BaseException:
            store.close()
            raise

    @classmethod
    def at(cls, store: Store) -> Self:
        """Sit down at an open store.

        Raises:
            StoreMissing: it holds no commune: its founding was cut short. It is closed.
        """
        try:
            with store.reading() as session:
                connection = session.connection()
                return cls(
                    store=store,
                    commune=communes.profile(session),
                    officer=get_meta(connection, "officer"),
                    practice=get_meta(connection, "practice") == "1",
                )
        except NotFound as missing:
            store.close()
            raise StoreMissing(str(missing)) from missing
        except BaseException:
            store.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    @property
    def home(self) -> Home:
        """Where the store lies."""
        return self.store.home

    def reading(self) -> AbstractContextManager[Session]:
        """Give a session to read with."""
        return self.store.reading()

    @contextmanager
    def act(self) -> Iterator[JournalSession]:
        """Give a session in which this officer does one thing."""
        with self.store.act(self.officer) as session:
            yield session

    def sheet(self, *, set_id: str = "", year: int | None = None) -> Sheet:
        """Give the commune's checklist, or that of another set or year."""
        return sheet_of(self.home, self.commune, set_id=set_id, year=year)

    def checklist(self, sheet: Sheet | None = None) -> Checklist:
        """Read a checklist as it stands now."""
        with self.store.reading() as session:
            return checklist.read(session, sheet or self.sheet())

    def refreshed(self) -> Self:
        """Give the desk with the commune's profile read anew."""
        with self.store.reading() as session:
            return replace(self, commune=communes.profile(session))

    def taken_by(self, officer: str, position: str = "") -> Self:
        """Give the desk to another officer, who is written down if new."""
        officer = communes.officer_name(officer)
        with self.store.act(officer) as session:
            communes.add_officer(session, self.commune.scope, officer, position)
        with self.store.writing() as connection:
            set_meta(connection, "officer", officer)
        return replace(self, officer=officer)
