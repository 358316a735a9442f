"""A workbook of five thousand rows is looked at step by step, and can be stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.workbooks.applying import apply
from db.workbooks.previewing import preview
from db.workbooks.problems import Stopped
from db.workbooks.watch import Watch
from tests._helpers.workbooks import write_long_list
from tests.db.workbooks.conftest import Importer

ROWS = 5_000


@pytest.fixture
def long_list(tmp_path: Path) -> Path:
    return write_long_list(tmp_path / "dai.xlsx", ROWS)


def test_five_thousand_rows_are_previewed_with_progress(
    importer: Importer, long_list: Path
) -> None:
    steps: list[tuple[int, int]] = []
    watch = Watch(lambda done, total: steps.append((done, total)))
    seen = preview(long_list, importer.ground, watch=watch)
    assert len(seen.sure) == 6 * ROWS and not seen.doubtful and not seen.unread
    assert len(steps) > 20 and all(done <= total for done, total in steps)


@pytest.mark.parametrize("after", [0, 3, 15, 30])
def test_it_can_be_stopped_anywhere(importer: Importer, long_list: Path, after: int) -> None:
    left = iter([False] * after)
    with pytest.raises(Stopped):
        preview(long_list, importer.ground, watch=Watch(cancelled=lambda: next(left, True)))


def test_writing_it_can_be_stopped_too(importer: Importer, long_list: Path) -> None:
    seen = preview(long_list, importer.ground)
    left = iter([False] * 2)
    with pytest.raises(Stopped):
        apply(importer.ground, seen, Watch(cancelled=lambda: next(left, True)))
    assert importer.ground.page("contribution").records == ()
