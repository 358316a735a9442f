"""Another program opens every workbook, reckons every sum anew, and finds what ours says."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator

import pytest
from python_calamine import CalamineWorkbook

from db.desk import Desk
from db.workbooks.addresses import column_number
from ntm_tui.papers.workbooks import WORKBOOKS, Options
from ntm_tui.papers.workbooks.workbook import Source
from tests._helpers.sheets import Looked
from tests._helpers.tools import program
from tests.ntm_tui.papers.workbooks.conftest import HALF, NOON

pytestmark = pytest.mark.needs("soffice")

Recomputed = dict[str, tuple[Looked, CalamineWorkbook]]


@pytest.fixture(scope="module")
def recomputed(
    commune: Desk, district: Desk, tmp_path_factory: pytest.TempPathFactory
) -> Recomputed:
    """Every workbook as this program wrote it, and as LibreOffice saved it: started once."""
    soffice, folder = program("soffice"), tmp_path_factory.mktemp("soffice")
    made: dict[str, Looked] = {}
    for one in WORKBOOKS:
        desk = commune if one.made_by(commune.owner) else district
        made[one.kind] = Looked(one.make_from(Source(desk, HALF, Options(), NOON)))
        (folder / f"{one.kind}.xlsx").write_bytes(without_values(made[one.kind]))
    profile = (folder / "profile").as_uri()
    options = ("--headless", f"-env:UserInstallation={profile}", "--convert-to", "ods")
    files = (str(folder / f"{kind}.xlsx") for kind in made)
    done = subprocess.run(
        [soffice, *options, "--outdir", str(folder / "out"), *files],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert "Error" not in done.stdout + done.stderr
    return {
        kind: (looked, CalamineWorkbook.from_path(folder / "out" / f"{kind}.ods"))
        for kind, looked in made.items()
    }


def without_values(looked: Looked) -> bytes:
    """The same workbook with what formulas come to left out, so that nobody can copy it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in looked.zip.namelist():
            data = looked.zip.read(name)
            if name.startswith("xl/worksheets/"):
                data = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", data)
            archive.writestr(name, data)
    return out.getvalue()


def formulas(looked: Looked) -> Iterator[tuple[str, int, int]]:
    """The sheet, row and column of every formula, from 0."""
    for name in looked.names[:-1]:
        for place in looked.sheet(name).formulas:
            letters = place.rstrip("0123456789")
            yield name, int(place[len(letters) :]) - 1, column_number(letters) - 1


def test_every_sum_is_reckoned_anew_and_is_the_same(recomputed: Recomputed) -> None:
    count = 0
    for kind, (looked, other) in recomputed.items():
        theirs = {
            name: other.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in looked.names[:-1]
        }
        for name, row, column in formulas(looked):
            ours = looked.rows(name)[row][column]
            found = theirs[name][row][column]
            assert isinstance(found, float), (kind, name, row, column, found)
            assert found == pytest.approx(ours, abs=1e-9), (kind, name, row, column)
            count += 1
    assert count > 150


def test_what_is_no_formula_is_read_as_it_was_written(recomputed: Recomputed) -> None:
    for kind, (looked, other) in recomputed.items():
        for name in looked.names[:-1]:
            theirs = other.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for ours, found in zip(looked.rows(name), theirs, strict=False):
                texts = [one for one in ours if isinstance(one, str) and one]
                assert set(texts) <= {str(one) for one in found}, (kind, name)
