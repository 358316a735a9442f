from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.desk import Desk
from db.workbooks.applying import apply
from db.workbooks.changes import Change, Preview
from db.workbooks.ground import Ground, ground_of
from db.workbooks.previewing import preview
from tests._helpers.workbooks import Sheet, write_workbook


class Importer:
    """A person who brings in a workbook: looks, and then agrees."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.folder = folder

    @property
    def ground(self) -> Ground:
        return ground_of(self.desk)

    def file(self, *sheets: Sheet, name: str = "so.xlsx") -> Path:
        return write_workbook(self.folder / name, *sheets)

    def look(self, *rows: Any, sheet: str = "Biểu 1", **how: Any) -> Preview:
        return preview(self.file(Sheet(sheet, rows, **how)), self.ground)

    def take(self, *rows: Any, **how: Any) -> Preview:
        seen = self.look(*rows, **how)
        apply(self.ground, seen)
        return seen


@pytest.fixture
def importer(desk: Desk, tmp_path: Path) -> Importer:
    return Importer(desk, tmp_path)


@pytest.fixture
def of() -> Callable[[Preview, str], Change]:
    """The one change that comes from a cell."""

    def find(seen: Preview, address: str) -> Change:
        (found,) = [one for one in seen.changes if address in one.addresses]
        return found

    return find
