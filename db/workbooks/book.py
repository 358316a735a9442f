"""A workbook opened: its sheets by name, and what is to be said about the file as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from db.text import fold
from db.workbooks import problems
from db.workbooks.container import Container, open_container
from db.workbooks.markup import Attributes, Visitor, walk
from db.workbooks.oldfonts import tell
from db.workbooks.pages import Looks, Page, read_page
from db.workbooks.strings import read_runs
from db.workbooks.styles import read_styles
from db.workbooks.watch import UNWATCHED, Watch

_WORKBOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_MACROS = "xl/vbaProject.bin"
_IS_SHEET = "/worksheet"


@dataclass(frozen=True)
class SheetName:
    """A sheet: its name in the file, the same in Unicode, its part, and whether it is hidden."""

    name: str
    title: str
    member: str
    hidden: bool = False


@dataclass
class Book:
    """An open workbook; pages are read when they are asked for, each once."""

    container: Container
    sheets: tuple[SheetName, ...]
    looks: Looks
    _pages: dict[str, Page] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.container.name

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said about the file before anything else."""
        found = []
        if self.container.open_elsewhere:
            found.append(
                "Tệp đang mở trong Excel: chỉ đọc được bản đã lưu lần cuối. Nếu vừa sửa, hãy lưu "
                "và đóng tệp rồi làm lại."
            )
        if self.container.has(_MACROS):
            found.append("Tệp có macro: chương trình không chạy macro, chỉ đọc các ô.")
        return tuple(found)

    def sheet(self, wanted: str) -> SheetName:
        """Find a sheet by its name, marks and case aside.

        Raises:
            WorkbookProblem: there is none.
        """
        exact = [one for one in self.sheets if wanted in (one.name, one.title)]
        alike = [one for one in self.sheets if fold(wanted) in (fold(one.name), fold(one.title))]
        if exact or alike:
            return (exact or alike)[0]
        known = "; ".join(one.title for one in self.sheets)
        raise problems.no_such_sheet(self.name, wanted, known)

    def page(self, sheet: SheetName, watch: Watch = UNWATCHED) -> Page:
        """Read a sheet."""
        if sheet.name not in self._pages:
            page = read_page(self.container, sheet.name, sheet.member, self.looks, watch)
            self._pages[sheet.name] = page
        return self._pages[sheet.name]


def open_book(path: Path, watch: Watch = UNWATCHED) -> Book:
    """Open a workbook for reading.

    Raises:
        WorkbookProblem: it cannot be read; the text says why and what to do.
        Stopped: a person wants it to end.
    """
    container = open_container(path)
    sheets = _read_sheets(container)
    if not sheets:
        raise problems.damaged(container.name, "không có trang tính nào")
    return Book(container, sheets, Looks(read_styles(container), read_runs(container, watch)))


def _read_sheets(container: Container) -> tuple[SheetName, ...]:
    links = _read_links(container)
    found: list[SheetName] = []

    def sheet(attributes: Attributes) -> None:
        link = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
        member = links.get(link)
        if member is not None and container.has(member):
            name = attributes["name"]
            hidden = attributes.get("state", "visible") != "visible"
            found.append(SheetName(name, tell(name).text, member, hidden))

    walk(container, _WORKBOOK, Visitor({"sheet": sheet}))
    return tuple(found)


def _read_links(container: Container) -> Mapping[str, str]:
    """Give the parts of worksheets by the id under which the workbook names them."""
    found: dict[str, str] = {}

    def link(attributes: Attributes) -> None:
        if attributes.get("Type", "").endswith(_IS_SHEET):
            target = attributes["Target"]
            inside = PurePosixPath("/xl") / target  # an absolute target replaces the folder
            found[attributes["Id"]] = str(inside).lstrip("/")

    walk(container, _LINKS, Visitor({"Relationship": link}))
    return found
