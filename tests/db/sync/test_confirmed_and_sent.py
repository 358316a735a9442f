"""What travels is what that receiver has not confirmed, whatever was lost, repeated or restored."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from db import backups, evidence
from db.desk import Desk
from db.evidence import EvidenceForm
from db.home import Home
from db.judging import Status
from db.sync.acknowledging import take_receipt, write_receipt
from db.sync.planning import parse_receiver, plan
from db.sync.receipt_file import SUFFIX
from db.sync.receiving import receive
from db.verdicts import set_verdict
from tests._helpers.stores import (
    PROGRAM,
    device,
    dump_of,
    found_upper,
    friends,
    pass_on,
    send,
    set_note,
)

NAMES = ("one", "two", "district")
Step = tuple[str, tuple[object, ...]]
STATUSES = (Status.MET, Status.NOT_MET, Status.IN_PROGRESS)


@dataclass(frozen=True)
class Word:
    """What a machine held when it said so: hashes of segments, and evidence files."""

    author: str
    at: int
    segments: frozenset[str]
    files: frozenset[str]


NOTHING = Word("", 0, frozenset(), frozenset())


class Office:
    """Three machines that know each other, and every file that any of them ever wrote.

    `heard` is, for each machine, the newest word of each other one that has reached it; a machine
    that is put back to a copy has what it had heard by then.
    """

    def __init__(self, folder: Path, desks: dict[str, Desk]) -> None:
        self.folder = folder
        self.desks = desks
        self.files: list[tuple[Path, Word]] = []
        self.heard: dict[str, dict[str, Word]] = {name: {} for name in NAMES}
        self.copies: dict[str, tuple[Path, dict[str, Word]]] = {}
        self.turn = 0

    # -- What is in a store, read without the code that is tested ----------------------------------

    def segments(self, name: str) -> frozenset[str]:
        with self.desks[name].reading() as session:
            found = session.connection().exec_driver_sql("SELECT hash FROM segment")
            return frozenset(found.scalars())

    def present(self, name: str) -> frozenset[str]:
        desk = self.desks[name]
        with desk.reading() as session:
            rows = session.connection().exec_driver_sql("SELECT sha256 FROM evidence")
            named = {one for one in rows.scalars() if one}
        return frozenset(one for one in named if evidence.path_in(desk.home, one).exists())

    def word_of(self, name: str) -> Word:
        self.turn += 1
        return Word(name, self.turn, self.segments(name), self.present(name))

    # -- What people do ----------------------------------------------------------------------------

    def write(self, name: str) -> None:
        self.turn += 1
        desk = self.desks[name]
        if name == "district":
            with desk.act() as session:
                set_verdict(session, desk.sheet(), "1.1", STATUSES[self.turn % 3])
        else:
            set_note(desk, "1.1", f"{name} {self.turn}")

    def attach(self, name: str) -> None:
        self.turn += 1
        desk, paper = self.desks[name], self.folder / f"{self.turn}.pdf"
        paper.write_bytes(b"%PDF " + str(self.turn).encode())
        file, sheet = evidence.keep_file(desk.home, paper), desk.sheet()
        with desk.act() as session:
            evidence.attach(
                session, sheet.scope, sheet.criteria_set.id, "1.1", sheet.year,
                EvidenceForm("van-ban"), file,
            )  # fmt: skip

    def lose(self, name: str) -> None:
        """A file of evidence is gone from a disk; another machine still has it."""
        elsewhere = frozenset[str]().union(*(self.present(it) for it in NAMES if it != name))
        for one in sorted(self.present(name) & elsewhere)[-1:]:
            evidence.path_in(self.desks[name].home, one).unlink()

    def export(self, name: str, to: str) -> Path:
        """Send, and compare what travels with what the receivers meant have confirmed."""
        meant = {"all": [it for it in NAMES if it != name], "upper": ["district"]}.get(to, [to])
        receiver = device(self.desks[to]) if to in NAMES else to
        path = send(self.desks[name], self.folder / "usb", receiver).path
        word = self.word_of(name)
        words = [self.heard[name].get(it, NOTHING) for it in meant]
        segments, files = carried(path)
        assert segments == word.segments - frozenset.intersection(*(it.segments for it in words))
        assert files == word.files - frozenset.intersection(*(it.files for it in words))
        self.files.append((path, word))
        return path

    def acknowledge(self, name: str) -> Path:
        word = self.word_of(name)
        path = write_receipt(self.desks[name], self.folder / "usb", program=PROGRAM).path
        self.files.append((path, word))
        return path

    def deliver(self, number: int, to: str) -> None:
        """Bring one of all files ever written; again, late, or in another order."""
        if not self.files:
            return
        path, word = self.files[number % len(self.files)]
        if word.author == to:
            return
        before = self.heard[to].get(word.author, NOTHING)
        if path.suffix == SUFFIX:
            assert take_receipt(self.desks[to], path).new is (word.at > before.at)
        else:
            receive(self.desks[to], path)
        self.heard[to][word.author] = max(before, word, key=lambda it: it.at)

    def carry(self, name: str, to: str) -> None:
        """Send to one, and it arrives."""
        self.export(name, to)
        self.deliver(-1, to)

    def go(self, name: str, to: str) -> None:
        """Write something and bring it to one."""
        self.write(name)
        self.carry(name, to)

    def tell(self, name: str, to: str) -> None:
        """A receipt alone, and it arrives."""
        self.acknowledge(name)
        self.deliver(-1, to)

    def copy(self, name: str) -> None:
        made = backups.backup(self.desks[name].home, backups.Why.MANUAL)
        self.copies[name] = (made, dict(self.heard[name]))

    def restore(self, name: str) -> None:
        if name not in self.copies:
            return
        home = self.desks[name].home
        path, heard = self.copies[name]
        self.desks[name].close()
        backups.restore(home, path)
        self.desks[name] = opened(home)
        self.heard[name] = dict(heard)

    def settle(self) -> int:
        """Everybody sends to all and all arrives, until nobody has anything to send: how often."""
        for rounds in range(1, 7):
            for name in NAMES:
                self.export(name, "all")
                for other in NAMES:
                    self.deliver(-1, other)
            if not any(self.owed(one, other) for one in NAMES for other in NAMES if one != other):
                return rounds
        raise AssertionError("the machines never come to an end")

    def owed(self, name: str, to: str) -> int:
        planned = plan(self.desks[name], parse_receiver(device(self.desks[to])))
        return planned.changes + len(planned.evidence)


def carried(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """The segments and the evidence files in a bundle, by SHA-256."""
    with zipfile.ZipFile(path) as archive:
        found = {
            kind: frozenset(
                hashlib.sha256(archive.read(name)).hexdigest()
                for name in archive.namelist()
                if f"/{kind}/" in name and not name.endswith(".sig")
            )
            for kind in ("segments", "evidence")
        }
    return found["segments"], found["evidence"]


def opened(home: Home) -> Desk:
    desk = Desk.open(home)
    return desk if desk.upper is None else desk.at_commune("lang-son/huu-lung/cai-kinh")


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """One office for many examples: making three stores takes longer than an example."""
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        folder = Path(place)
        patch.setenv("NTM_CONFIG", str(folder / "config"))
        one, two = friends(folder)
        upper = found_upper(folder / "district")
        receive(upper, send(one, folder / "up", "upper").path, trust=[device(one)])
        upper = upper.at_commune(one.commune.scope)
        for sender, receiver in ((upper, one), (two, upper), (upper, two)):
            pass_on(sender, receiver, folder / "round", trust=True)
        desks = {"one": one, "two": two, "district": upper}
        for desk in desks.values():  # what they have heard so far is not in the books of this test
            with desk.store.writing() as connection:
                connection.exec_driver_sql("DELETE FROM held_receipt")
        yield (made := Office(folder, desks))
        for desk in made.desks.values():
            desk.close()


WHO = st.sampled_from(NAMES)
PAIR = st.sampled_from([(one, other) for one in NAMES for other in NAMES if one != other])
ONE = st.tuples(WHO)


def step(action: str, arguments: st.SearchStrategy[tuple[object, ...]]) -> st.SearchStrategy[Step]:
    return st.tuples(st.just(action), arguments)


STEPS = st.one_of(
    step("go", PAIR),
    step("go", PAIR),
    step("carry", PAIR),
    step("tell", PAIR),
    step("tell", PAIR),
    step("write", ONE),
    step("export", st.tuples(WHO, st.just("all"))),
    step("deliver", st.tuples(st.integers(0, 30), WHO)),
    step("copy", ONE),
    step("restore", ONE),
    step("attach", st.tuples(st.sampled_from(NAMES[:2]))),
    step("lose", ONE),
)


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(STEPS, min_size=6, max_size=20))
def test_all_arrives_in_the_end_and_nothing_confirmed_is_sent_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, steps: list[Step]
) -> None:
    """Every export on the way compares what it carries with what was confirmed (`export`)."""
    office.files, office.copies = [], {}
    monkeypatch.setenv("NTM_CONFIG", str(office.folder / "config"))
    for action, arguments in steps:
        act: Callable[..., object] = getattr(office, action)
        act(*arguments)
    assert office.settle() <= 4
    assert len({dump_of(desk) for desk in office.desks.values()}) == 1
    assert len({office.segments(name) for name in NAMES}) == 1
    assert len({office.present(name) for name in NAMES}) == 1
