"""Write the list of registers and fields: `python -m db.models > docs/bundle-fields.md`."""

import sys

from db.models.listing import as_tables

INTRODUCTION = """# Registers and fields in bundles

Made from the program: `python -m db.models > docs/bundle-fields.md`. What a bundle is, and what the
kinds of value are, is said in [bundle-format.md](bundle-format.md). Names are append-only: one that
was ever released keeps its meaning.
"""

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(INTRODUCTION)
    print(as_tables())
