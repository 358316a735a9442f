"""Makes every paper of the practice commune and district, and pictures of their first pages.

They go to docs/pages. Needs LibreOffice and pdftoppm, and makes the pictures smaller where there is
pngquant:

    python docs/paper_pages.py [name …]
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pictures import practise, shrink

from db.desk import Desk
from db.home import Home
from ntm_tui.papers.choosing import Choice, all_choices, made_of
from ntm_tui.papers.paper import Format

HERE = Path(__file__).parent / "pages"
DOTS = "80"
"""Dots to an inch: enough to read by."""


def name_of(choice: Choice) -> str:
    """Give the name of a paper's picture."""
    named = "-co-ten" if choice.with_names else ""
    return f"{choice.paper.kind}{named}-{choice.kind}"


def make_all(home: Home, folder: Path) -> Iterator[Path]:
    """Make every paper of an office; those about a row are about the newest."""
    with Desk.open(home) as desk:
        for choice in all_choices(desk.owner):
            path = folder / f"{name_of(choice)}.{choice.kind}"
            path.write_bytes(made_of(desk, choice).data)
            yield path


def to_pdf(papers: list[Path], folder: Path) -> None:
    """Let LibreOffice turn papers into PDF files."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, papers)], check=True, capture_output=True)


def to_picture(pdf: Path) -> Path:
    """Draw the first page of a paper."""
    target = HERE / pdf.stem
    command = ["pdftoppm", "-png", "-singlefile", "-f", "1", "-r", DOTS, str(pdf), str(target)]
    subprocess.run(command, check=True)
    picture = target.with_name(f"{target.name}.png")
    shrink(picture, 16)
    return picture


def main(chosen: list[str]) -> None:
    """Draw the papers with these names, or all of them."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        os.environ["NTM_CONFIG"] = str(folder / "config")
        papers: list[Path] = []
        for role in ("commune", "district"):
            papers += make_all(Home(practise(folder, role)), folder)
        papers = [one for one in papers if not chosen or one.stem in chosen]
        to_pdf([one for one in papers if one.suffix == f".{Format.DOCX}"], folder)
        to_pdf([one for one in papers if one.suffix == f".{Format.XLSX}"], folder)
        for one in papers:
            print(to_picture(one.with_suffix(".pdf")).name)


if __name__ == "__main__":
    main(sys.argv[1:])
