"""What a bundle carries for a district that has no program: a page, and a workbook to file."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db import checklist
from db.desk import Desk
from db.judging import Status
from db.sync import layout
from db.sync.archive import Written
from db.sync.planning import parse_receiver
from db.sync.reading import verify
from db.sync.receiving import receive
from ntm_tui.papers.bundle import send_bundle
from tests._helpers.sheets import Looked
from tests._helpers.stores import friends


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    one, other = friends(tmp_path)
    with closing(one), closing(other):
        yield one, other


def sent(desk: Desk, folder: Path) -> Written:
    with desk.act() as session:
        checklist.set_status(session, desk.sheet(), "1.1", Status.MET)
    return send_bundle(desk, parse_receiver("all"), folder)


def unpacked(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
        return folder / archive.namelist()[0].split("/")[0]


def test_the_result_table_lies_beside_the_page(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    folder = unpacked(sent(pair[0], tmp_path / "usb").path, tmp_path / "bag")
    sheet = Looked((folder / layout.RESULTS).read_bytes()).sheet()
    (row,) = [one for one in sheet.table if one["TT"] == "1.1"]
    assert row["Xã tự đánh giá"] == "Đạt"
    assert f'href="{layout.RESULTS}"' in (folder / layout.PAGE).read_text(encoding="utf-8")


def test_the_bundle_is_a_bag_for_stock_tools(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    written = sent(pair[0], tmp_path / "usb")
    assert verify(written.path).valid
    folder = unpacked(written.path, tmp_path / "bag")
    command = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (folder / layout.RESULTS).write_bytes(b"other")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_bringing_it_in_again_changes_nothing(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, two = pair
    path = sent(one, tmp_path / "usb").path
    assert receive(two, path).new > 0
    assert receive(two, path).new == 0
