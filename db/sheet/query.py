"""How records are asked for: in SQL, whatever connection answers.

A store that is open for work answers through its session; before that, plain SQLite does.
"""

from collections.abc import Iterable
from typing import Any, Protocol


class Query(Protocol):
    """Runs one statement and gives its rows."""

    def __call__(self, statement: str, parameters: tuple[Any, ...], /) -> Iterable[Any]:
        """Give the rows of a statement with its parameters."""
