"""More than a thousand hostile archives, imported by a person who says yes to everything but trust.

Each is refused or kept aside for a reason in plain words, and nothing that counts changes.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator

import pytest

from db import backups
from tests._helpers.hostile import FAMILIES, Family
from tests._helpers.hostile.world import Seen, Target

ARCHIVES = 1_000


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """One store for all of them; the copies made before imports are tried elsewhere."""
    folder = tmp_path_factory.mktemp("target")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_CONFIG", str(folder / "config"))
        patch.setattr(backups, "backup", lambda *_: None)
        target = Target(folder)
        assert (target.first.flaws, target.first.quarantined) == ((), ())
        yield target
        target.desk.close()


@pytest.fixture
def target(opened: Target, monkeypatch: pytest.MonkeyPatch) -> Target:
    monkeypatch.setenv("NTM_CONFIG", str(opened.path.parent / "config"))
    return opened


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_hostile_archive_changes_nothing_and_is_told_in_its_own_words(
    target: Target, family: Family
) -> None:
    state = target.file if family.whole else target.substance
    before = state()
    for what, data in family.make():
        seen = target.take(data)
        assert seen.codes == seen.codes & family.codes, (what, seen.codes)
        assert bool(seen.codes) == bool(family.codes), what
        assert family.says in seen.said, (what, seen.said)
        assert is_plain(seen), (what, seen.said)
        assert state() == before, what
        if not family.codes:
            assert seen.outcome is not None and seen.outcome.new == 0, what


def is_plain(seen: Seen) -> bool:
    """Whether the words hold nothing that would hide, reorder or command on a terminal."""
    return not any(unicodedata.category(sign).startswith("C") for sign in seen.said)


def test_there_are_more_than_a_thousand_of_them() -> None:
    made = [data for family in FAMILIES for _, data in family.make()]
    assert len({hashlib.sha256(data).digest() for data in made}) >= ARCHIVES
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)


def test_every_reason_that_the_program_gives_for_a_bundle_is_met_by_some_family() -> None:
    from db.sync.problems import Code

    of_reading = set(list(Code)[: list(Code).index(Code.CANCELLED)])
    not_in_a_file = {Code.MISSING, Code.FOLDER, Code.UNREADABLE, Code.NO_ROOM_HERE}
    about_own_keys = {Code.NO_OPENING_KEY, Code.OWN_KEY_LOST}
    of_receipts_alone = {Code.NOT_RECEIPT, Code.RECEIPT_CHANGED, Code.NEWER_RECEIPT}
    met = {code for family in FAMILIES for code in family.codes}
    elsewhere = not_in_a_file | about_own_keys | of_receipts_alone
    assert {code.value for code in of_reading - elsewhere} <= met
