"""What machines wrote without knowing of each other: listed side by side, and settled by a person.

`reading` finds the conflicts in the journal's heads, `records` is what people see of them, and
`settling` writes what a person decided as a new change on top of all sides.
"""

from db.conflicts.reading import compare, count_open, find, read_conflicts, scopes_of
from db.conflicts.records import (
    Board,
    Choice,
    Comparison,
    Conflict,
    Importance,
    Order,
    Side,
    Writer,
    ordered,
)
from db.conflicts.settling import settle

__all__ = [
    "Board",
    "Choice",
    "Comparison",
    "Conflict",
    "Importance",
    "Order",
    "Side",
    "Writer",
    "compare",
    "count_open",
    "find",
    "ordered",
    "read_conflicts",
    "scopes_of",
    "settle",
]
