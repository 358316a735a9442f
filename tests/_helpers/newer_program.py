"""The same program one revision later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from unittest import mock

from db import migrations

HEAD, NEWER = migrations.HEAD, "9999"
NEXT = """
    revision = "{newer}"
    down_revision = "{head}"

    from alembic import op
    import sqlalchemy as sa

    def upgrade() -> None:
        with op.batch_alter_table("village") as batch:
            batch.add_column(sa.Column("smart", sa.Text(), nullable=True))
        {then}
"""


def scripts_in(folder: Path, then: str = "pass") -> Path:
    """Copy the migrations and add one more; gives its script."""
    versions = folder / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    for path in migrations._SCRIPTS.glob("*.py"):
        (folder / path.name).write_bytes(path.read_bytes())
    for path in (migrations._SCRIPTS / "versions").glob("*.py"):
        (versions / path.name).write_bytes(path.read_bytes())
    script = versions / f"{NEWER}_smart_villages.py"
    script.write_text(dedent(NEXT.format(newer=NEWER, head=HEAD, then=then)), encoding="utf-8")
    return script


@contextmanager
def newer_program(folder: Path) -> Iterator[None]:
    """Let migrations be those of a folder that `scripts_in` made."""
    with (
        mock.patch.object(migrations, "_SCRIPTS", folder),
        mock.patch.object(migrations, "HEAD", NEWER),
    ):
        yield
