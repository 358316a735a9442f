from __future__ import annotations

import pytest

from db import migrations


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store that nobody has written in."""
    made = tmp_path_factory.mktemp("blank") / "blank.sqlite"
    migrations.upgrade(made)
    return made.read_bytes()
