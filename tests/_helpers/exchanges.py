"""A history of machines that write, send, receive, break, and hear of each other at last.

Everything goes through real stores, real keys and real bundle files.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from db import backups
from db.conflicts import compare, read_conflicts, settle
from db.dump import dump
from db.models import SHARED
from db.problems import Refused
from db.sync.deciding import apply_again, revoke_device, set_aside, trust_device
from db.sync.planning import parse_receiver
from db.sync.problems import BundleProblem
from db.sync.receiving import receive
from db.sync.sending import export
from db.sync.transfers import list_transfers
from db.sync.trust import list_devices
from tests._helpers import machines
from tests._helpers.cli import call_cli
from tests._helpers.deeds import BY_COMMUNE, BY_UPPER
from tests._helpers.machines import (
    CALENDARS,
    COMMUNE,
    Machine,
    Said,
    at,
    board_of,
    lacking_evidence,
)
from tests._helpers.stores import PROGRAM, page

ZONES = ("Asia/Ho_Chi_Minh", "America/Los_Angeles", "Pacific/Kiritimati")
MOST_MACHINES = 4
ROUNDS = 4


@dataclass(frozen=True)
class Step:
    """One thing that happens at a machine; the numbers choose what it is about."""

    what: str
    at: int = 0
    which: int = 0
    how: int = 0


class Exchange:
    """Machines, and the bundles that have been carried out of them."""

    def __init__(self, folder: Path, members: Sequence[Machine]) -> None:
        self.folder = folder
        self.members = [*members]
        self.posted: list[Path] = []
        self.written: set[Said] = set()
        self.bundles = 0
        self.has_twins = False
        for one in self.members:
            one.open()
            one.kept = one.said()
            self.written |= one.kept

    def close(self) -> None:
        for one in self.members:
            one.close()

    def take(self, step: Step) -> None:
        """Let one thing happen, and see that every journal is as it should be after it."""
        one = self.members[step.at % len(self.members)]
        deed = (BY_UPPER if one.desk.upper is not None else BY_COMMUNE).get(step.what)
        with at(one):
            if deed is not None:
                deed(one.desk, step.which, step.how)
            elif (happening := HAPPENINGS.get(step.what)) is not None:
                happening(self, one, step.which, step.how)
        self.look_at(one)

    def look_at(self, one: Machine) -> None:
        """Nothing that was acknowledged is gone, and nothing is there that nobody wrote."""
        now = one.said()
        assert one.kept <= now, f"lost at {one.name}: {one.kept - now}"
        self.written |= one.own_unsealed()
        assert now <= self.written, f"forged at {one.name}: {now - self.written}"
        one.kept = now

    def send(self, one: Machine, to: str = "all", *, full: bool = False) -> Path:
        """Write a bundle."""
        with at(one):
            stick = self._stick()
            written = export(one.desk, parse_receiver(to), stick, page, program=PROGRAM, full=full)
        return written.path

    def send_by_command(self, one: Machine) -> Path:
        """`ntm export --for all`."""
        stick = self._stick()
        one.close()
        with at(one):
            ran = call_cli(
                "export", "--for", "all", "--to", stick, "--json", "--home", one.home.path
            )
        one.open()
        assert ran.code == 0, ran
        said = ran.json["bundles"][0] if one.desk.upper is not None else ran.json
        return Path(said["path"])

    def _stick(self) -> Path:
        """A folder in which nothing is yet."""
        self.bundles += 1
        return self.folder / f"stick-{self.bundles}"

    def bring(self, one: Machine, path: Path, *, trust: bool = False) -> None:
        """Take a bundle in; with `trust`, a person confirms every machine in it."""
        with at(one):
            outcome = receive(one.desk, path)
            for device in self._doubted(one) if trust else ():
                trust_device(one.desk, device)
            if trust and outcome.evidence:
                receive(one.desk, path)  # the files of one who is believed now
        self.look_at(one)

    def _doubted(self, one: Machine) -> list[str]:
        with one.desk.reading() as session:
            known = list_devices(session)
        return [it.device for it in known if not it.own and (it.trust != "trusted" or it.disowned)]

    def bring_by_command(self, one: Machine, paths: Sequence[Path]) -> None:
        """`ntm import FOLDER --yes`, in which some of the files are."""
        stick = self._stick()
        stick.mkdir()
        for number, path in enumerate(paths):
            shutil.copy(path, stick / path.name.replace(".zip", f"-{number}.zip"))
        one.close()
        with at(one):
            ran = call_cli("import", stick, "--yes", "--json", "--home", one.home.path)
        one.open()
        assert ran.code in (0, 3), ran
        assert [it["error"] for it in ran.json["files"]] == [None] * len(paths)

    def everybody_hears_of_everything(self) -> int:
        """Carry bundles with trust until all have the same; gives how many rounds it took.

        By then every calendar is right, and later than any was before. Of two copies of one disk
        nobody knows which has what until both have written, so a person sends everything.
        """
        for one in self.members:
            one.off = max(CALENDARS.values())
            self._apply_all_again(one)
        hub, *others = self.members
        for round_ in range(1, ROUNDS + 1):
            for other in others:
                self.bring(hub, self.send(other, full=self.has_twins), trust=True)
            path = self.send(hub, full=self.has_twins)
            for other in others:
                self.bring(other, path, trust=True)
            if self._all_alike():
                return round_
        return ROUNDS + 1

    def _apply_all_again(self, one: Machine) -> None:
        with one.desk.reading() as session:
            aside = [it.id for it in list_transfers(session, one.home) if it.aside_at is not None]
        with at(one):
            for transfer in aside:
                apply_again(one.desk, transfer)

    def _all_alike(self) -> bool:
        counted = {one.said(counted=True) for one in self.members}
        return len(counted) == 1 and not any(map(lacking_evidence, self.members))

    def dumps(self) -> Mapping[frozenset[Said], set[str]]:
        """What the machines show, by the changes that count there."""
        found: dict[frozenset[Said], set[str]] = defaultdict(set)
        for one in self.members:
            counted = one.said(counted=True)
            with one.desk.reading() as session:
                found[counted].add(dump(session))
        return found

    def conflicts(self) -> list[set[tuple[str, str, str, str]]]:
        """The fields in conflict, machine by machine."""
        return [{it.key for it in board_of(one)} for one in self.members]

    def settle_all(self, side: int) -> bool:
        """One machine of each level settles what is its to settle; tells whether there was any."""
        deciding = {one.desk.owner: one for one in reversed(self.members)}
        settled = [_settle_at(one, side) for one in deciding.values()]
        return any(settled)


def _settle_at(one: Machine, side: int) -> bool:
    """One after the other: what is decided about a row settles its fields too."""
    settled = 0
    while mine := [it for it in board_of(one) if it.mine]:
        assert settled < 50, "settling never ends"
        with one.desk.reading() as session:
            board = read_conflicts(one.desk, session, (COMMUNE, SHARED))
            (compared,) = compare(one.desk, session, board, mine[:1])
        with at(one):
            settle(one.desk, [(compared, compared.sides[side % len(compared.sides)])])
        settled += 1
    return settled > 0


Happening = Callable[[Exchange, Machine, int, int], None]


def _post(history: Exchange, one: Machine, which: int, _how: int) -> None:
    """A bundle for all, or everything once more."""
    history.posted.append(history.send(one, full=which % 4 == 0))


def _post_by_command(history: Exchange, one: Machine, _which: int, _how: int) -> None:
    history.posted.append(history.send_by_command(one))


def _post_to_one(history: Exchange, one: Machine, which: int, _how: int) -> None:
    """A bundle for one machine; whoever else gets it may have a gap before it."""
    with one.desk.reading() as session:
        trusted = [it.device for it in list_devices(session) if it.trust == "trusted"]
        known = [it for it in trusted if it != _device(one)]
    if known:
        history.posted.append(history.send(one, known[which % len(known)]))


def _bring(history: Exchange, one: Machine, which: int, _how: int) -> None:
    """Any bundle that was ever written, old or its own, again or for the first time."""
    if history.posted:
        receive(one.desk, history.posted[-1 - which % len(history.posted)])


def _bring_with_trust(history: Exchange, one: Machine, which: int, _how: int) -> None:
    if history.posted:
        path = history.posted[-1 - which % len(history.posted)]
        outcome = receive(one.desk, path, dry_run=True)
        receive(one.desk, path, trust=[it.device for it in outcome.strangers])


def _bring_folder(history: Exchange, one: Machine, which: int, how: int) -> None:
    """Some bundles in a folder, in an order that has nothing to do with that of their writing."""
    chosen = history.posted[which % 3 :: how % 2 + 1][::-1][:3]
    if chosen:
        history.bring_by_command(one, chosen)


def _bring_torn(history: Exchange, one: Machine, which: int, how: int) -> None:
    """The stick was pulled too early: nothing of it comes in."""
    if not history.posted:
        return
    whole = history.posted[which % len(history.posted)]
    torn = whole.with_name(f"torn-{which}-{how}.zip")
    torn.write_bytes(whole.read_bytes()[: whole.stat().st_size * (how + 1) // 9])
    before = one.said()
    try:
        receive(one.desk, torn)
    except BundleProblem:
        assert one.said() == before
    else:
        raise AssertionError("a torn bundle was taken in")


def _trust(history: Exchange, one: Machine, which: int, _how: int) -> None:
    _decide(one, which, trust_device)


def _revoke(history: Exchange, one: Machine, which: int, _how: int) -> None:
    _decide(one, which, revoke_device)


def _decide(one: Machine, which: int, decision: Callable[..., object]) -> None:
    with one.desk.reading() as session:
        others = [it.device for it in list_devices(session) if not it.own]
    if others:
        decision(one.desk, others[which % len(others)])


def _aside(_history: Exchange, one: Machine, which: int, _how: int) -> None:
    """A person takes a bundle out again, or puts it back."""
    with one.desk.reading() as session:
        came = [it for it in list_transfers(session, one.home) if not it.sent]
    if came:
        chosen = came[which % len(came)]
        try:
            (apply_again if chosen.aside_at else set_aside)(one.desk, chosen.id)
        except Refused:
            return


def _back_up(_history: Exchange, one: Machine, _which: int, _how: int) -> None:
    one.copies.append((backups.backup(one.home, backups.Why.MANUAL), one.said()))


def _restore(_history: Exchange, one: Machine, which: int, _how: int) -> None:
    """Yesterday's store takes the place of today's; what only that one had is gone."""
    if one.copies:
        path, kept = one.copies[which % len(one.copies)]
        one.close()
        backups.restore(one.home, path)
        one.open()
        one.kept = kept


def _restart(_history: Exchange, one: Machine, _which: int, _how: int) -> None:
    before = _device(one), one.desk.store.identity.incarnation  # type: ignore[union-attr]
    one.close()
    one.open()
    assert (_device(one), one.desk.store.identity.incarnation) == before  # type: ignore[union-attr]


def _clone(history: Exchange, one: Machine, which: int, _how: int) -> None:
    """A disk is copied, or a store's folder: with its key or without, here or elsewhere."""
    if len(history.members) == MOST_MACHINES or one.desk.upper is not None:
        return
    name = f"máy chép {len(history.members)}"
    folder = history.folder / f"clone-{len(history.members)}"
    how = ("disk", "carried with its key", "carried", "beside")[which % 4]
    made = {
        "disk": lambda: machines.copy_of(one, folder),
        "carried with its key": lambda: machines.copy_of(one, folder, name),
        "carried": lambda: machines.carried_home(one, folder, name),
        "beside": lambda: machines.beside(one, folder),
    }[how]()
    made.open()
    assert (_device(made) == _device(one)) == (how == "disk"), how
    assert bool(made.desk.store.notice) == (how != "disk"), made.desk.store.notice
    assert made.said() == one.said()
    made.kept = made.said()
    history.members.append(made)
    history.has_twins |= how == "disk"


def _settle(_history: Exchange, one: Machine, _which: int, how: int) -> None:
    _settle_at(one, how)


def _calendar(_history: Exchange, one: Machine, which: int, how: int) -> None:
    one.off = [*CALENDARS.values()][which % len(CALENDARS)]
    one.zone = ZONES[how % len(ZONES)]


def _device(one: Machine) -> str:
    assert one.desk.store.identity is not None
    return one.desk.store.identity.device


HAPPENINGS: Mapping[str, Happening] = {
    "post": _post, "post by command": _post_by_command, "post to one": _post_to_one,
    "bring": _bring, "bring with trust": _bring_with_trust, "bring folder": _bring_folder,
    "bring torn": _bring_torn, "trust": _trust, "revoke": _revoke, "aside": _aside,
    "back up": _back_up, "restore": _restore, "restart": _restart, "clone": _clone,
    "calendar": _calendar, "settle": _settle,
}  # fmt: skip


@contextmanager
def exchange(folder: Path, template: Sequence[Machine]) -> Iterator[Exchange]:
    """Machines as they were made once for all tests, copied to a folder of this history."""
    with machines.several_machines():
        copied = [machines.copy_of(one, folder / str(n)) for n, one in enumerate(template)]
        history = Exchange(folder, [replace(one, copies=[]) for one in copied])
        try:
            yield history
        finally:
            history.close()
            shutil.rmtree(folder, ignore_errors=True)
