"""An open store with the person who works at it: what screens and commands start from."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Self

from sqlmodel import Session

from db import checklist, communes, criteria_sets, upper
from db.clock import Wall, today
from db.communes import Founding
from db.criteria.definitions import CriteriaSet
from db.home import Home
from db.incarnation import get_meta, set_meta
from db.journal.recording import JournalSession
from db.journal.undo import keep_for_good
from db.models import SHARED
from db.owner import Owner
from db.problems import NotFound, StoreMissing
from db.sheet.commune import DEFAULT_SETS, CommuneProfile
from db.sheet.reading import sheet_of
from db.sheet.records import Checklist, Sheet
from db.store import Store
from db.upper import UpperFounding, UpperProfile


@dataclass(frozen=True)
class Desk:
    """A store, its commune, and the officer at the keyboard.

    `practice` says that all of it is made up for practising; that mark never goes away.
    `looking_at` is another of the commune's criteria sets, while that one is looked at. `upper` is
    set at the upper level, where `commune` is the one that is looked at, or what is shared while
    none is.
    """

    store: Store
    commune: CommuneProfile
    officer: str
    practice: bool
    looking_at: str = ""
    upper: UpperProfile | None = None

    @classmethod
    def open(cls, home: Home) -> Self:
        """Open for work; see `Store.open` for what can be refused.

        Criteria sets that came in are usable afterwards, also when the program was cut short then.
        """
        from db import published_sets  # it works at a desk itself

        desk = cls.at(Store.open(home))
        published_sets.take_up(desk)
        return desk

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
            _keep_marks(store, officer, practice=practice)
            with store.act(officer) as session:
                communes.found(session, answers)
                keep_for_good(session)
            return cls.at(store)
        except BaseException:
            store.close()
            raise

    @classmethod
    def found_upper(
        cls,
        home: Home,
        answers: UpperFounding,
        *,
        practice: bool = False,
        any_disk: bool = False,
        wall: Wall | None = None,
        flushed: bool = True,
    ) -> Self:
        """Make the store of an upper level; see `found`.

        Raises:
            Refused: there is a store already, or an answer is missing.
            DiskRefused: the disk is no safe place for a store.
        """
        area, officer = answers.area, communes.officer_name(answers.officer)
        store = Store.create(home, any_disk=any_disk, wall=wall, flushed=flushed)
        try:
            store.become_upper(area)
            _keep_marks(store, officer, practice=practice)
            with store.act(officer) as session:
                upper.found(session, answers)
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
                own = upper.profile(session) if store.owner is Owner.UPPER else None
                return cls(
                    store=store,
                    commune=_profile(session, own),
                    officer=get_meta(connection, "officer"),
                    practice=get_meta(connection, "practice") == "1",
                    upper=own,
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

    @property
    def owner(self) -> Owner:
        """As whom this desk writes."""
        return self.store.owner

    @property
    def office_scope(self) -> str:
        """The scope in which the office that works here keeps what is its own."""
        return SHARED if self.upper is not None else self.commune.scope

    def at_commune(self, scope: str) -> Self:
        """Give the upper level's desk with another commune in front, or what is shared.

        Raises:
            StoreMissing: no bundle of that commune has come in.
        """
        with self.store.reading() as session:
            commune = _profile(session, self.upper, scope)
        return replace(self, commune=commune, looking_at="")

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
        return sheet_of(self.home, self.commune, set_id=set_id or self.looking_at, year=year)

    def office_sheet(self) -> Sheet:
        """Give the checklist in whose scope this office keeps what it has compared with paper."""
        return replace(self.sheet(), scope=self.office_scope)

    def held_sheet(self, shown: Sheet) -> Sheet:
        """Give the checklist by which the title that is held is kept or lost.

        A commune that holds one title and aims at a higher one keeps both sets (Quyết định
        18/2022/QĐ-TTg counts in criteria of the set of the title that is held).
        """
        held = self.commune.held_tier
        if held is None:
            return shown
        try:
            usual = criteria_sets.find(self.home, DEFAULT_SETS[held])
        except NotFound:  # that set never came to this machine
            return shown
        if shown.criteria_set.tier is usual.tier:  # a province may have a set of its own
            return shown
        return sheet_of(self.home, self.commune, set_id=usual.id, year=shown.year)

    def sets(self) -> tuple[CriteriaSet, ...]:
        """Give the sets that this commune works with: its own, its title's, and any written in.

        The upper level may look at any.
        """
        if self.upper is not None:
            return criteria_sets.available(self.home)
        with self.store.reading() as session:
            used = checklist.sets_in_use(session, self.commune.scope)
        held = self.commune.held_tier
        wanted = {self.commune.criteria_set, *used, *({DEFAULT_SETS[held]} if held else set())}
        return tuple(one for one in criteria_sets.available(self.home) if one.id in wanted)

    def checklist(self, sheet: Sheet | None = None) -> Checklist:
        """Read a checklist as it stands now."""
        with self.store.reading() as session:
            return checklist.read(session, sheet or self.sheet())

    def refreshed(self) -> Self:
        """Give the desk with the commune's profile read anew."""
        with self.store.reading() as session:
            own = upper.profile(session) if self.upper is not None else None
            commune = _profile(session, own, self.commune.scope)
        same = commune.criteria_set == self.commune.criteria_set
        looking_at = self.looking_at if same else ""
        return replace(self, commune=commune, looking_at=looking_at, upper=own)

    def taken_by(self, officer: str, position: str = "") -> Self:
        """Give the desk to another officer, who is written down if new."""
        officer = communes.officer_name(officer)
        with self.store.act(officer) as session:
            communes.add_officer(session, self.office_scope, officer, position)
        with self.store.writing() as connection:
            set_meta(connection, "officer", officer)
        return replace(self, officer=officer)


def _keep_marks(store: Store, officer: str, *, practice: bool) -> None:
    with store.writing() as connection:
        set_meta(connection, "officer", officer)
        set_meta(connection, "practice", "1" if practice else "")


def _profile(session: Session, own: UpperProfile | None, scope: str = "") -> CommuneProfile:
    """Give the commune in front; at the upper level what is shared, unless one is named."""
    if own is not None and scope in ("", SHARED):
        return upper.at_home(own, today().year)
    return communes.profile(session, scope)
