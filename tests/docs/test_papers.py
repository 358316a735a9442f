"""What the documentation says of papers is what the program makes."""

from __future__ import annotations

from pathlib import Path

from ntm_tui.papers.documents import DOCUMENTS

TEXT = (Path(__file__).parents[2] / "docs" / "papers.md").read_text(encoding="utf-8")
WORD = TEXT.partition("## Văn bản Word")[2].partition("## Bảng Excel")[0]


def test_every_word_paper_is_named_once_in_the_table() -> None:
    rows = [line.split("|")[1].strip() for line in WORD.splitlines() if line.startswith("| `")]
    assert [it for it in rows if it in {f"`{one.kind}`" for one in DOCUMENTS}] == [
        f"`{one.kind}`" for one in DOCUMENTS
    ]
