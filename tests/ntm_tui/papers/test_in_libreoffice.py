"""LibreOffice opens every Word paper and makes a PDF of it, page by page as it should be."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from ntm_tui.papers.paper import Made
from ntm_tui.papers.word.marking import PRACTICE
from tests._helpers.tools import program

SECONDS = 600
LINK = re.compile(r"file:///tmp/[^ ]*")


@pytest.fixture(scope="module")
def pages(
    printed: Mapping[str, Made],
    printed_above: Mapping[str, Made],
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, list[str]]:
    """The text of each page of each paper, by its kind; LibreOffice is started once."""
    office, reader = program("soffice"), program("pdftotext")
    folder = tmp_path_factory.mktemp("pdf")
    papers = {**printed, **printed_above}
    for kind, made in papers.items():
        (folder / f"{kind}.docx").write_bytes(made.data)
    done = subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(folder / f"{kind}.docx") for kind in papers),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = (done.stdout + done.stderr).lower()
    assert "error" not in said and "warn" not in said.replace("warning: failed to launch java", "")
    return {kind: _pages(reader, folder / f"{kind}.pdf") for kind in papers}


def _pages(reader: str, path: Path) -> list[str]:
    text = subprocess.run(
        [reader, "-layout", str(path), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    return text.split("\f")[:-1]


@pytest.mark.needs("soffice")
def test_every_page_says_practice_and_bears_its_number_but_the_first(
    pages: Mapping[str, list[str]],
) -> None:
    for kind, found in pages.items():
        assert found, kind
        for place, page in enumerate(found):
            lines = [it.strip() for it in page.splitlines() if it.strip()]
            assert lines[0] == PRACTICE, (kind, place)
            assert len(lines) > 2, f"an empty page {place + 1} in {kind}"
        assert found[0].splitlines()[1].strip() != "1"
        if len(found) > 1:
            numbered = found[1].split(PRACTICE)[1].split()
            is_next_paper = kind == "phieu-thon"  # each village's form counts its own pages
            assert numbered[0] == ("ỦY" if is_next_paper else "2") or "Phụ lục" in found[1]


@pytest.mark.needs("soffice")
def test_what_should_fit_on_one_page_does(pages: Mapping[str, list[str]]) -> None:
    assert len(pages["phieu-thon"]) == 12  # one for each village
    assert len(pages["bao-cao-tuan"]) <= 5
    assert len(pages["to-trinh"]) <= 2
