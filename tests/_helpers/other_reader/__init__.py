"""Another reader of bundles, written from docs/bundle-format.md with Python's own library alone.

It shares nothing with the program, so where both agree the document says what the program does.

    python -m tests._helpers.other_reader BUNDLE…

checks bundles in full and prints the state that they make together, as `ntm dump` does.
"""

from .bundle import Bundle, Segment, Unsound, read
from .merging import counts, state

__all__ = ["Bundle", "Segment", "Unsound", "counts", "read", "state"]
