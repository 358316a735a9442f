"""One commune's store: opened, written, read, kept whole.

Opening checks the disk, the lock, the file, its revision, and whose store it is, in that order and
before the first write.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Self

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

from db import identity, migrations, store_file, store_health
from db.clock import ZERO, Clock, Wall
from db.disk_trouble import cannot_create, disk_errors, reading_errors
from db.engine import make_engine, much_room, writing
from db.home import Home
from db.incarnation import adopt, get_meta, set_meta, store_mark
from db.journal.recording import Author, JournalSession, ReadingSession, Recorder
from db.journal.undo import Undone, last_redoable, last_undoable, mark_undone, take_back
from db.journal.wording import name_of
from db.lock import StoreLock
from db.owner import Owner
from db.problems import NotFound, Refused
from db.text import clean


class Store:
    """An open store. Use `Store.open`, `Store.create` or `Store.read`, then `close`.

    Attributes:
        home: where it lies.
        identity: the device and incarnation that write here; None when opened for reading only.
        notice: a plain sentence when the store turned out to be restored, copied or moved.
        owner: as whom it writes: a commune or its upper level.
        flushed: False while it is being made, to be made anew if that is cut short.
        sealing: held by the one thread that seals; others may write meanwhile.
    """

    def __init__(
        self, home: Home, engine: Engine, lock: StoreLock | None, wall: Wall | None = None
    ) -> None:
        self.home = home
        self.engine = engine
        self.identity: identity.Identity | None = None
        self.notice = ""
        self.owner = Owner.COMMUNE
        self.flushed = True
        self._lock = lock
        self._writer = writing(engine)
        self.sealing = threading.Lock()
        self._one_writer = threading.RLock()
        self._readers = threading.local()
        self._clock = Clock(wall=wall)

    @classmethod
    def create(
        cls,
        home: Home,
        *,
        any_disk: bool = False,
        wall: Wall | None = None,
        flushed: bool = True,
    ) -> Self:
        """Make a new, empty store and open it.

        Args:
            home: where to make it.
            any_disk: a person accepts a removable or network disk knowingly.
            wall: what tells the time instead of the machine, until the store is closed.
            flushed: False until the store is closed; see `make_engine`.

        Raises:
            Refused: there is a store already.
            DiskRefused: the disk is no safe place for a store.
        """
        store_file.refuse_second(home)
        store_file.check_disk(home, accepted=any_disk)
        try:
            home.path.mkdir(parents=True, exist_ok=True)
            if any_disk:
                home.any_disk.touch()
        except OSError as error:
            raise cannot_create(home.path, error) from error
        lock = StoreLock(home).acquire()
        try:
            store_file.refuse_second(home)  # another process may have been quicker
            store_file.make(home)
            return cls._opened(home, lock, wall, flushed=flushed)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, home: Home) -> Self:
        """Open a store for reading and writing.

        Raises:
            StoreMissing: there is none.
            StoreBusy: another process writes in it.
            StoreDamaged: it could not be read and was moved aside.
            StoreTooNew: a newer program wrote it.
            DiskRefused: it lies on a removable or network disk that nobody accepted.
        """
        store_file.require(home)
        store_file.check_disk(home, accepted=home.any_disk.exists())
        lock = StoreLock(home).acquire()
        try:
            store_health.quick_check(home)
            store_file.sweep(home)
            store_file.migrate(home)
            return cls._opened(home, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def read(cls, home: Home) -> Self:
        """Open a store for reading only, also while another process writes in it."""
        store_file.require(home)
        if store_file.refuse_newer(home) != migrations.HEAD:
            with cls.open(home):  # only a writer may migrate, or play back what a crash left
                pass
        store = cls(home, make_engine(home.store, read_only=True), None)
        store._read_owner()
        return store

    @classmethod
    def _opened(
        cls, home: Home, lock: StoreLock, wall: Wall | None = None, *, flushed: bool = True
    ) -> Self:
        store = cls(home, make_engine(home.store, flushed=flushed), lock, wall)
        store.flushed = flushed
        try:
            with store.engine.connect() as connection:
                mark = store_mark(connection)
                last = connection.execute(text("SELECT max(clock) FROM change")).scalar()
            store._clock.observe(last or ZERO)
            store._read_owner()
            store._recognise(mark)
        except BaseException:
            store.engine.dispose()
            raise
        return store

    def _read_owner(self) -> None:
        with self.engine.connect() as connection:
            self.owner = Owner(get_meta(connection, "role") or Owner.COMMUNE)

    def _recognise(self, mark: identity.StoreMark | None) -> None:
        with self._one_writer:  # nothing may be written under the new incarnation before it holds
            found = identity.recognise(self.home.path, mark)
            if found.fresh:
                with self.writing() as connection:
                    adopt(connection, mark, found.identity)
            self.identity = found.identity
        if found.reason is not None and found.reason is not identity.Reason.FIRST:
            self.notice = found.reason.sentence

    def _look_again(self) -> None:
        """Go on under a new incarnation when another branch of our own feed has come in.

        That happens when a disk was cloned: both copies gave out the same numbers.
        """
        with self.engine.connect() as connection:
            mark = store_mark(connection)
        self._recognise(mark)

    def close(self) -> None:
        """Let go of the file and the lock."""
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session to read with; one a call, closed at once.

        One inside another is refused: the inner one would wait for a writer that waits for the
        outer one.
        """
        if getattr(self._readers, "open", False):
            raise RuntimeError("one reading inside another: use the session that is open")
        self._readers.open = True
        try:
            with reading_errors(self.home), ReadingSession(self.engine) as session:
                yield session
        finally:
            self._readers.open = False

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection for what is not journalled: sealing, importing, local marks.

        Everything inside is one transaction.
        """
        with self._one_writer, disk_errors(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def act(
        self, officer: str, *, undoes: str | None = None, redoes: str | None = None
    ) -> Iterator[JournalSession]:
        """Give a session in which a person does one thing; it is journalled as one action.

        Args:
            officer: the name of the person at the keyboard.
            undoes: the action that this one takes back.
            redoes: the undo that this one takes back.
        """
        with self._one_writer, disk_errors():
            author = self.author(officer)
            recorder = Recorder(author, self._clock, undoes=undoes, redoes=redoes)
            with JournalSession(self._writer, recorder) as session:
                yield session
                session.commit()

    @contextmanager
    def taking_in(self, officer: str) -> Iterator[JournalSession]:
        """Give a session in which changes of other machines come in, as one action.

        Until it is known under which incarnation to go on, nobody writes and nothing is sealed: a
        cloned disk may have used the numbers that this store would give out next.
        """
        with self.sealing, self._one_writer:
            with self.act(officer) as session, much_room(session):
                yield session
            self._look_again()

    def become_upper(self, area: str) -> None:
        """Mark a new store as the upper level's of an area; that mark never goes away."""
        with self.writing() as connection:
            set_meta(connection, "role", Owner.UPPER)
            set_meta(connection, "area", area)
        self.owner = Owner.UPPER

    def author(self, officer: str) -> Author:
        """Say who writes now."""
        if self.identity is None:
            raise Refused("Kho này chỉ được mở để xem. Chưa có gì thay đổi.")
        name = " ".join(clean(officer).split())
        return Author(self.identity.device, self.identity.incarnation, name, self.owner)

    def now(self) -> datetime:
        """Give the time by which this store goes, as a moment in UTC."""
        return self._clock.now()

    def observe(self, reading: str) -> None:
        """Let the store's clock take note of a reading that came in."""
        self._clock.observe(reading)

    def undo(self, officer: str) -> Undone:
        """Take back the newest action of this machine that still stands.

        Raises:
            NotFound: there is nothing to take back.
        """
        with self._one_writer:
            with self.reading() as session:
                action = last_undoable(session)
            if action is None:
                raise NotFound("Không còn việc nào để hoàn tác.")
            with self.act(officer, undoes=action) as session:
                return _take_back(session, action)

    def redo(self, officer: str) -> Undone:
        """Do again what the newest undo took back, as long as nothing was done since.

        Raises:
            NotFound: there is nothing to do again.
        """
        with self._one_writer:
            with self.reading() as session:
                action = last_redoable(session)
            if action is None:
                raise NotFound("Không còn việc nào để làm lại.")
            with self.act(officer, redoes=action) as session:
                return _take_back(session, action)


def _take_back(session: JournalSession, action: str) -> Undone:
    done = take_back(session, action)
    mark_undone(session.connection(), action, session.recorder.action or action)
    if not done.fields:
        return done
    first = done.fields[0]
    return replace(done, named=name_of(session, first.scope, first.entity, first.row))
