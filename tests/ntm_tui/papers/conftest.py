"""The practice commune on its day, looked at only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from db import clock
from db.desk import Desk
from tests._helpers.practice import MadeCommune


@pytest.fixture
def practised(made_commune: MadeCommune, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 9, 20, 1, 30, tzinfo=UTC))
    with Desk.read(made_commune.home) as desk:
        yield desk
