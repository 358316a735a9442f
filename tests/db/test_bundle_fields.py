"""The list of registers and fields is what the program has."""

from __future__ import annotations

from pathlib import Path

from db.models.listing import as_tables

PUBLISHED = Path(__file__).parents[2] / "docs" / "bundle-fields.md"


def test_the_published_list_of_fields_is_the_programs_own() -> None:
    published = PUBLISHED.read_text(encoding="utf-8")
    assert as_tables() in published, "python -m db.models > docs/bundle-fields.md"
