"""What the documentation says of papers is what the program makes."""

from __future__ import annotations

import re
from pathlib import Path

from db.owner import Owner
from ntm_tui.papers.choosing import all_choices
from ntm_tui.papers.documents import DOCUMENTS

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "papers.md").read_text(encoding="utf-8")
WORD = TEXT.partition("## Văn bản Word")[2].partition("## Bảng Excel")[0]


def test_every_word_paper_is_named_once_in_the_table() -> None:
    rows = [line.split("|")[1].strip() for line in WORD.splitlines() if line.startswith("| `")]
    assert [it for it in rows if it in {f"`{one.kind}`" for one in DOCUMENTS}] == [
        f"`{one.kind}`" for one in DOCUMENTS
    ]


def test_every_paper_that_can_be_chosen_is_shown() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\((pages/[a-z0-9-]+-(docx|xlsx)\.png)\)", TEXT)
    choices = (*all_choices(Owner.COMMUNE), *all_choices(Owner.UPPER))
    assert {(title, kind) for title, _, kind in shown} == {(it.title, it.kind) for it in choices}
    drawn = {path.relative_to(DOCS).as_posix() for path in (DOCS / "pages").iterdir()}
    assert drawn == {path for _, path, _ in shown}
