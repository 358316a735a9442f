"""A restore never puts another commune's data, or practice data, in the place of a commune's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from db import backups
from db.communes import Founding
from db.desk import Desk
from db.home import Home
from db.problems import Refused


@pytest.mark.parametrize(("commune", "practice"), [("Minh Tiến", False), ("Cai Kinh", True)])
def test_another_communes_store_or_practice_is_refused(
    founded: Home, founding: Founding, tmp_path: Path, commune: str, practice: bool
) -> None:
    other = Home(tmp_path / "other")
    Desk.found(other, replace(founding, commune=commune), practice=practice).close()
    before = founded.store.read_bytes()
    with pytest.raises(Refused, match="xã khác"):
        backups.restore(founded, other.store)
    assert founded.store.read_bytes() == before


def test_the_communes_own_copy_is_taken_even_when_the_store_is_gone(founded: Home) -> None:
    copy = backups.backup(founded, backups.Why.MANUAL)
    assert backups.restore(founded, copy) == copy
    founded.store.unlink()
    assert backups.restore(founded) == copy
