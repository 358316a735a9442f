"""How cells look, as far as it says what they mean: their font and their number format."""

import re
from dataclasses import dataclass
from functools import cached_property

from db.workbooks.container import Container
from db.workbooks.markup import Attributes, Visitor, walk

_MEMBER = "xl/styles.xml"
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True)
class Style:
    """A cell's font name and number format; both empty where they are not said."""

    font: str = ""
    number_format: str = ""

    @cached_property
    def is_percent(self) -> bool:
        """Whether numbers are shown a hundred times as large, with %."""
        return "%" in _QUOTED.sub("", self.number_format)

    @cached_property
    def decimals(self) -> int:
        """How many decimals a fixed format shows; 0 where it shows none or as many as there are."""
        shown = _QUOTED.sub("", self.number_format).partition(";")[0]
        found = re.search(r"\.(0+)", shown)
        return len(found[1]) if found else 0


PLAIN = Style()


def read_styles(container: Container) -> tuple[Style, ...]:
    """Give the styles that cells name by their place."""
    if not container.has(_MEMBER):
        return ()
    reader = _StyleReader()
    walk(container, _MEMBER, reader.visitor())
    return tuple(reader.style(font, number) for font, number in reader.cell_formats)


class _StyleReader:
    """Collects fonts, formats, and the pairs of them that cells name."""

    def __init__(self) -> None:
        self.fonts: list[str] = []
        self.formats = dict(_BUILT_IN)
        self.cell_formats: list[tuple[int, int]] = []
        self._inside = ""

    def visitor(self) -> Visitor:
        return Visitor(
            start={
                "fonts": lambda _: self._enter("fonts"),
                "cellXfs": lambda _: self._enter("cellXfs"),
                "font": self._font,
                "name": self._name,
                "numFmt": self._format,
                "xf": self._cell_format,
            },
            end={"fonts": lambda _: self._enter(""), "cellXfs": lambda _: self._enter("")},
        )

    def style(self, font: int, number: int) -> Style:
        named = self.fonts[font] if font < len(self.fonts) else ""
        return Style(named, self.formats.get(number, ""))

    def _enter(self, part: str) -> None:
        self._inside = part

    def _font(self, _attributes: Attributes) -> None:
        if self._inside == "fonts":
            self.fonts.append("")

    def _name(self, attributes: Attributes) -> None:
        if self._inside == "fonts" and self.fonts:
            self.fonts[-1] = attributes.get("val", "")

    def _format(self, attributes: Attributes) -> None:
        if not self._inside:
            self.formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")

    def _cell_format(self, attributes: Attributes) -> None:
        if self._inside == "cellXfs":
            font, number = attributes.get("fontId", "0"), attributes.get("numFmtId", "0")
            self.cell_formats.append((int(font), int(number)))
