"""What docs/bundle-format.md shows and lists is what the program has."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

from db.sync import layout
from db.sync.authority import Reason
from db.sync.problems import Code
from tests.fixtures.make_bundle import FOLDER

DOCUMENT = (Path(__file__).parents[3] / "docs" / "bundle-format.md").read_text(encoding="utf-8")
EXAMPLE = DOCUMENT[DOCUMENT.index("## A worked example") :]
BUNDLE = FOLDER / "ntm-1.zip"


def shown(part: str) -> str:
    """Text without the line breaks that the page has and the file has not."""
    return re.sub(r"\s+", "", part)


def test_every_reason_a_bundle_can_be_refused_for_is_named() -> None:
    of_reading = list(Code)[: list(Code).index(Code.CANCELLED)]
    for name in (*of_reading, *Reason):
        assert f"`{name.value}`" in DOCUMENT, name


def test_every_ending_of_evidence_is_named() -> None:
    assert " ".join(sorted({*layout.HARMLESS, "bin"})) in DOCUMENT


def test_the_worked_example_shows_the_bytes_of_the_kept_bundle() -> None:
    data = BUNDLE.read_bytes()
    assert f"{len(data):,} bytes" in EXAMPLE
    assert data[-64:].decode() in EXAMPLE
    assert data[-86:-64].hex() in shown(EXAMPLE)
    assert data[:30].hex() in shown(EXAMPLE)
    with zipfile.ZipFile(BUNDLE) as archive:
        files = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    assert files[layout.BAG_SIGNATURE].hex() in shown(EXAMPLE)
    blocks = [shown(block) for block in re.findall(r"```\n(.*?)```", EXAMPLE, re.DOTALL)]
    lines = [
        shown(line)
        for name, content in files.items()
        if name.endswith(".jsonl")
        for line in content.decode().splitlines()
    ]
    changes = [line for line in lines if any(line in block for block in blocks)]
    assert len(changes) == 5  # the whole of one segment, and what came after it
    card = json.loads(files[layout.card_name("7T19J1C7PABWS71W3Y1A6VPC")])
    assert card["card"]["public_key"] in shown(EXAMPLE)
