"""Small words that all papers share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from db.kinds import MILLION_DONG
from db.numbers import show_date, show_number

DOTS = "…" * 30
"""A line to write on by hand."""


def listed(texts: Iterable[str]) -> str:
    """Put texts side by side: "a; b; c"."""
    return "; ".join(it for it in texts if it)


def aside(*texts: str) -> str:
    """Give what is said beside a name, in brackets; empty where there is nothing."""
    said = ", ".join(it for it in texts if it)
    return f" ({said})" if said else ""


def bullets(texts: Sequence[str]) -> tuple[str, ...]:
    """Make a list of texts: each on its own line, the last one with a full stop."""
    ends = [";"] * (len(texts) - 1) + ["."]
    return tuple(f"- {it.rstrip(' .;')}{end}" for it, end in zip(texts, ends, strict=True))


def sentence(text: str) -> str:
    """Give a text that begins with a capital and ends with a full stop."""
    whole = text.strip()
    ended = whole.endswith((".", "!", "?", "…"))
    return f"{whole[:1].upper()}{whole[1:]}{'' if ended or not whole else '.'}"


def paragraphs(text: str) -> tuple[str, ...]:
    """Give the paragraphs that a person wrote."""
    return tuple(it.strip() for it in text.splitlines() if it.strip())


def day(one: date | None) -> str:
    """Write a day; empty where there is none."""
    return show_date(one) if one is not None else ""


def due_words(due: date | None, until: date) -> str:
    """Say by when something is due, and how long that has passed; empty where nobody said."""
    if due is None:
        return ""
    late = (until - due).days
    return f"hạn {day(due)}{aside(f'quá hạn {late} ngày' if late > 0 else '')}"


def money(amount: Decimal) -> str:
    """Write an amount in million đồng."""
    return f"{number(amount)} {MILLION_DONG}"


def number(amount: Decimal | int) -> str:
    """Write a number with at most two decimals, never rounded up to what it is not."""
    exact = Decimal(amount)
    return show_number(exact.quantize(Decimal("0.01"), rounding="ROUND_DOWN"))


def percent(share: Decimal | None) -> str:
    """Write a share; a dash where there is none."""
    return f"{number(share)} %" if share is not None else "–"


def written_day(place: str, one: date) -> str:
    """Write place and day as papers begin: days under 10 and the first two months with a zero."""
    month = f"{one.month:02d}" if one.month < 3 else str(one.month)
    return f"{place}, ngày {one.day:02d} tháng {month} năm {one.year}"
