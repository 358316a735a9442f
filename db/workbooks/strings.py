"""Texts that are written in several fonts within one cell."""

from collections.abc import Callable, Mapping

from db.workbooks.container import Container
from db.workbooks.markup import Attributes, Visitor, walk
from db.workbooks.watch import UNWATCHED, Watch

_MEMBER = "xl/sharedStrings.xml"

Run = tuple[str, str]
"""A font, empty for the cell's own, and the text written in it."""


def read_runs(container: Container, watch: Watch = UNWATCHED) -> Mapping[int, tuple[Run, ...]]:
    """Give the runs of the shared texts that have several, by the text's place."""
    if not container.has(_MEMBER) or not _names_fonts(container, watch.part(0, 2)):
        return {}
    found: list[tuple[Run, ...]] = []
    walk(container, _MEMBER, RunReader("si", found.append).visitor(), watch.part(1, 2))
    return {place: runs for place, runs in enumerate(found) if runs}


def _names_fonts(container: Container, watch: Watch) -> bool:
    """Tell whether any text names a font of its own: few have such, and it is soon seen."""
    fonts: set[str] = set()
    walk(container, _MEMBER, Visitor({"rFont": lambda it: fonts.add(it.get("val", ""))}), watch)
    return bool(fonts - {""})


class RunReader:
    """Reads the runs of texts.

    Args:
        element: what a text is: `si` among the shared ones, `is` within a cell.
        found: gets the runs of each text; none of one that is all in the cell's own font.
    """

    def __init__(self, element: str, found: Callable[[tuple[Run, ...]], None]) -> None:
        self._element = element
        self._found = found
        self._runs: list[Run] = []
        self._font = ""
        self._is_reading_aid = False

    def visitor(self) -> Visitor:
        """Give what walks through such texts."""
        return Visitor(
            start={
                self._element: self._begin,
                "r": self._run,
                "rFont": self._named,
                "rPh": lambda _: self._aid(True),
            },
            end={"t": self._text, self._element: self._close, "rPh": lambda _: self._aid(False)},
            texts=frozenset({"t"}),
        )

    def _begin(self, _attributes: Attributes) -> None:
        self._runs = []
        self._font = ""

    def _run(self, _attributes: Attributes) -> None:
        self._font = ""

    def _named(self, attributes: Attributes) -> None:
        self._font = attributes.get("val", "")

    def _aid(self, inside: bool) -> None:
        self._is_reading_aid = inside

    def _text(self, text: str) -> None:
        if not self._is_reading_aid:
            self._runs.append((self._font, text))

    def _close(self, _text: str) -> None:
        self._found(tuple(self._runs) if any(font for font, _ in self._runs) else ())
