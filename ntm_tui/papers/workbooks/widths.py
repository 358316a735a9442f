"""How wide the columns of a sheet are: as wide as what stands in them, and together one A4 page.

Widths are counted as Excel does, in digits of the usual font; a row of text breaks where it has to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from ntm_tui.papers.workbooks.table import Shape

LANDSCAPE, PORTRAIT = 134.0, 90.0
"""What fits on an A4 page between the margins at full size, in digits."""

SMALLEST = 0.72
"""How far a page may be made smaller before its print cannot be read."""

_MARGIN = 1.3
_AIR = 1.06
"""How much wider than reckoned a text may turn out."""

_PADDING = 0.4
_HEADING_LINES = 5
_BOLD = 1.06
_WIDEST_TEXT = 60.0
_WIDEST_WORD = 22.0
_LEAST = {Shape.TEXT: 9.0, Shape.SHORT: 3.5, Shape.NUMBER: 6.5, Shape.DAY: 11.5}
_NARROW, _WIDE = frozenset(" .,;:'!|()[]/-ijlrtfIíìỉĩị"), frozenset("mwMW%@—…")


@dataclass(frozen=True)
class Fitted:
    """The widths of a sheet's columns and the page that they need."""

    widths: tuple[float, ...]
    landscape: bool
    fits: bool

    @property
    def percent(self) -> int:
        """How large it is printed where several pages stand side by side."""
        return int(SMALLEST * 100)

    @property
    def page(self) -> float:
        """How much stands side by side on one page."""
        whole = LANDSCAPE if self.landscape else PORTRAIT
        return whole if self.fits else whole / SMALLEST * 0.92


@dataclass(frozen=True)
class Wanted:
    """What one column asks for: the width at which nothing in it breaks, and the least it needs.

    `weight` says how much stands in it, all rows together.
    """

    shape: Shape
    whole: float
    least: float
    weight: float


def text_width(text: str, *, bold: bool = False) -> float:
    """Give the width of a line of text in Times New Roman."""
    width = sum(map(_WIDTHS.__getitem__, text))
    return width * (_BOLD if bold else 1.0)


class _Widths(dict[str, float]):
    """The width of each letter, reckoned when it is first met."""

    def __missing__(self, char: str) -> float:
        if char in _NARROW:
            self[char] = 0.55
        elif char in _WIDE:
            self[char] = 1.6
        else:
            self[char] = 1.32 if char.isupper() else 0.9
        return self[char]


_WIDTHS = _Widths()


def wanted(shape: Shape, heading: str, texts: Sequence[str]) -> Wanted:
    """Say how wide a column with this heading and these texts should be."""
    longest = max((text_width(word) for text in texts for word in text.split()), default=0.0)
    of_heading = max((text_width(word, bold=True) for word in heading.split()), default=0.0)
    lines = [text_width(line) * _AIR for text in texts for line in text.split("\n")]
    of_heading = max(of_heading, text_width(heading, bold=True) / _HEADING_LINES)
    if shape in (Shape.NUMBER, Shape.DAY):
        least = max(longest, of_heading, _LEAST[shape]) + _MARGIN
        whole = max(least, text_width(heading, bold=True) / 2 + _MARGIN)
    else:
        least = max(min(longest, _WIDEST_WORD), of_heading, _LEAST[shape]) + _MARGIN
        whole = max(min(max(lines, default=0.0), _WIDEST_TEXT) + _MARGIN, least)
    return Wanted(shape, whole, least, 1.0 + sum(lines) / max(len(texts), 1))


def fit(columns: Sequence[Wanted]) -> Fitted:
    """Share a page out among columns: the narrow ones get what they ask for, texts what is left.

    A sheet that fits on an upright page stands upright.
    """
    whole = sum(it.whole for it in columns)
    least = sum(it.least for it in columns)
    landscape = least > PORTRAIT * 0.8 or whole > PORTRAIT * 1.6
    page = LANDSCAPE if landscape else PORTRAIT
    if least > page / SMALLEST:  # several pages side by side
        return Fitted(tuple(it.least for it in columns), landscape, fits=False)
    return Fitted(_shared(columns, max(page, least)), landscape, fits=True)


def _shared(columns: Sequence[Wanted], room: float) -> tuple[float, ...]:
    """Give each column its least, and what is left by how much stands in them."""
    given = [it.least for it in columns]
    while (left := room - sum(given)) > _MARGIN:
        hungry = [n for n, it in enumerate(columns) if given[n] < it.whole]
        if not hungry:
            return _stretched(columns, given, left)
        weights = sum(columns[n].weight for n in hungry)
        for n in hungry:
            given[n] = min(columns[n].whole, given[n] + left * columns[n].weight / weights)
    return tuple(given)


def _stretched(columns: Sequence[Wanted], given: Sequence[float], rest: float) -> tuple[float, ...]:
    """Let texts take what nobody asked for, so that the table is as wide as the page."""
    is_text = [it.shape is Shape.TEXT for it in columns]
    taking = is_text if any(is_text) else [True] * len(columns)
    whole = sum(width for width, takes in zip(given, taking, strict=True) if takes)
    return tuple(
        width + rest * width / whole if takes else width
        for width, takes in zip(given, taking, strict=True)
    )


def lines_needed(text: str, width: float, *, bold: bool = False) -> int:
    """Count the lines that a text takes in a column; a bit too many rather than one cut off."""
    room = max(width - _PADDING, 1.0)
    return sum(max(1, ceil(text_width(line, bold=bold) * 1.04 / room)) for line in text.split("\n"))
