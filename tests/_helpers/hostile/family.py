"""Families of hostile archives, each with the reason that a person is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from db.sync.problems import Code

Archives = Iterable[tuple[str, bytes]]
"""What is wrong, for those who read a failure, and the bytes."""


@dataclass(frozen=True)
class Family:
    """Archives with one thing wrong. `codes`: the names for scripts, any of which may come.

    `says`: what stands in the words that a person reads, empty where nothing is to be told.
    `whole`: the archive is refused as a whole, so that not a byte of the store's file changes.
    """

    name: str
    make: Callable[[], Archives]
    codes: frozenset[str]
    says: str
    whole: bool = True


FAMILIES: list[Family] = []


def family(
    *codes: str, says: str, whole: bool = True
) -> Callable[[Callable[[], Archives]], Callable[[], Archives]]:
    """Enter the function that makes a family, under its own name."""

    def enter(make: Callable[[], Archives]) -> Callable[[], Archives]:
        named = frozenset(code.value if isinstance(code, Code) else code for code in codes)
        made = cache(lambda: tuple(make()))  # several tests go through all of them
        FAMILIES.append(Family(make.__name__, made, named, says, whole))
        return make

    return enter
