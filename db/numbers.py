"""Numbers and dates as people in a commune office write and read them."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.text import clean

MOST_DIGITS = 20
_MOST_STORED = 60  # sums of what was typed are longer
_EXAMPLES = "Hãy gõ như 1.234,5 hoặc 67,5."
_DIGITS_AND_SIGNS = re.compile(r"[+-]?[0-9][0-9 .,]*")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[ .,])[0-9]{3}(?:(?P=mark)[0-9]{3})*")
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE_FORMS = (
    re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
    re.compile(
        r"(?:ngày\s+)?(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})",
        re.ASCII | re.IGNORECASE,
    ),
)
YEARS = range(2000, 2101)
"""The years that a commune can promise, plan or pay in."""
_LIKELY_YEARS = range(1945, 2100)


class NumberProblem(ValueError):
    """What was typed is not a number that can be understood without guessing."""

    def __init__(self, message_vi: str):
        super().__init__(message_vi)
        self.message_vi = message_vi


@dataclass(frozen=True)
class WrittenDate:
    """A date as written, with what was understood and what is wrong with it."""

    text: str
    date: date | None
    warning: str | None = None


def parse_number(text: str) -> Decimal:
    """Read a number written the Vietnamese or the English way.

    Raises:
        NumberProblem: with a Vietnamese sentence saying what was expected.
    """
    typed = " ".join(clean(text).replace("\u2212", "-").split())
    bare = typed.removesuffix("%").strip()
    if not bare:
        raise NumberProblem(f"Chưa có số. {_EXAMPLES}")
    if not _DIGITS_AND_SIGNS.fullmatch(bare):
        raise NumberProblem(f"“{typed[:40]}” không phải là số. {_EXAMPLES}")
    sign, digits = ("-", bare[1:]) if bare[0] == "-" else ("", bare.removeprefix("+"))
    whole, fraction = _split(digits)
    if not (_is_whole(whole) and (fraction is None or fraction.isdecimal())):
        raise NumberProblem(f"Không rõ dấu chấm, dấu phẩy trong “{typed[:40]}”. {_EXAMPLES}")
    plain = re.sub("[ .,]", "", whole) + (f".{fraction}" if fraction else "")
    if len(plain) > MOST_DIGITS:
        raise NumberProblem(f"Số dài quá {MOST_DIGITS} chữ số. Hãy kiểm tra lại số vừa gõ.")
    return Decimal(sign + plain)


def _split(digits: str) -> tuple[str, str | None]:
    """Part a number into whole and fraction; the fraction is None when there is none."""
    commas, dots = digits.count(","), digits.count(".")
    if commas and dots:
        mark = max(",.", key=digits.rfind)
    elif commas == 1 or (dots == 1 and not _GROUPED.fullmatch(digits)):
        mark = "," if commas else "."
    else:
        return digits, None
    whole, _, fraction = digits.rpartition(mark)
    return whole, fraction


def _is_whole(whole: str) -> bool:
    return whole.isdecimal() or _GROUPED.fullmatch(whole) is not None


def plain_number(number: Decimal) -> str:
    """Return the one form in which a number is stored and carried: "67.5", never "67.50"."""
    written = format(number, "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def number_from_plain(text: str) -> Decimal:
    """Read the stored form back.

    Raises:
        NumberProblem: when it is anything else, such as an exponent or a comma.
    """
    if not _PLAIN.fullmatch(text) or len(text) > _MOST_STORED:
        raise NumberProblem(f"“{text[:40]}” không phải là số ở dạng lưu trữ.")
    return Decimal(text)


def show_number(number: Decimal) -> str:
    """Show a number as 1.234,5."""
    whole, _, fraction = plain_number(number).partition(".")
    grouped = f"{abs(int(whole)):,}".replace(",", ".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{grouped}{',' if fraction else ''}{fraction}"


def parse_date(text: str) -> WrittenDate:
    """Read a date and keep it as written; an impossible or unclear one gets a warning, no date."""
    written = " ".join(clean(text).split())
    if not written:
        return WrittenDate("", None, "Chưa ghi ngày.")
    for form in _DATE_FORMS:
        found = form.fullmatch(written)
        if found:
            parts = {name: int(value) for name, value in found.groupdict().items()}
            return _dated(written, parts["year"], parts["month"], parts["day"])
    return WrittenDate(
        written, None, f"Chưa hiểu ngày “{written[:40]}”, giữ nguyên như đã ghi. Mẫu: 17/06/2024."
    )


def _dated(written: str, year: int, month: int, day: int) -> WrittenDate:
    try:
        understood = date(year, month, day)
    except ValueError:
        return WrittenDate(written, None, f"Không có ngày “{written}”, giữ nguyên như đã ghi.")
    if year not in _LIKELY_YEARS:
        return WrittenDate(written, understood, f"Năm {year} có vẻ không đúng, hãy xem lại.")
    return WrittenDate(written, understood)


def show_date(day: date) -> str:
    """Show a date as dd/mm/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
