"""Texts that are written in several fonts within one cell."""

from collections.abc import Mapping

from db.workbooks.container import Container
from db.workbooks.markup import Attributes, Visitor, walk
from db.workbooks.watch import UNWATCHED, Watch

_MEMBER = "xl/sharedStrings.xml"

Run = tuple[str, str]
"""A font, empty for the cell's own, and the text written in it."""


def read_runs(container: Container, watch: Watch = UNWATCHED) -> Mapping[int, tuple[Run, ...]]:
    """Give the runs of the shared texts that have several, by the text's place."""
    if not container.has(_MEMBER):
        return {}
    reader = _RunReader()
    walk(container, _MEMBER, reader.visitor(), watch)
    return reader.found


class _RunReader:
    """Collects the runs of each shared text; those with one font only are passed over."""

    def __init__(self) -> None:
        self.found: dict[int, tuple[Run, ...]] = {}
        self._place = -1
        self._runs: list[Run] = []
        self._font = ""
        self._is_reading_aid = False

    def visitor(self) -> Visitor:
        return Visitor(
            start={
                "si": self._begin,
                "r": self._run,
                "rFont": self._named,
                "rPh": lambda _: self._aid(True),
            },
            end={"t": self._text, "si": self._close, "rPh": lambda _: self._aid(False)},
            texts=frozenset({"t"}),
        )

    def _begin(self, _attributes: Attributes) -> None:
        self._place += 1
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
        if any(font for font, _ in self._runs):
            self.found[self._place] = tuple(self._runs)
