"""Tables of a register: headings are known by what the register declares of its fields."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from db.kinds import Split
from db.registers import ALL, Register
from db.registers.register import Column
from db.text import fold
from db.workbooks.headings import (
    Heading,
    assign,
    block_around,
    headings,
    is_numbering,
    richest,
    score,
)
from db.workbooks.layout import Layout, Role
from db.workbooks.pages import Page

_LOOKED_AT = 40
"""Rows in which headings are looked for."""

_FEWEST_COLUMNS = 2
_ALSO = {
    ("work", "title"): ("ten cong trinh", "ten du an", "danh muc cong trinh", "hang muc"),
    ("work", "village"): ("dia diem", "noi xay dung"),
    ("work", "start"): ("ngay khoi cong", "thoi gian khoi cong"),
    ("work", "planned_end"): ("ngay hoan thanh", "thoi gian hoan thanh", "du kien hoan thanh"),
    ("work", "builder"): ("don vi thi cong", "hinh thuc thi cong"),
    ("work", "volume"): ("tien do", "khoi luong thuc hien"),
    ("fund_line", "title"): ("noi dung von", "danh muc"),
    ("fund_line", "source"): ("nguon von",),
    ("fund_line", "plan"): ("ke hoach von", "von giao", "duoc giao"),
    ("disbursement", "paid_on"): ("ngay giai ngan", "ngay chi"),
    ("disbursement", "amount"): ("so tien giai ngan", "da giai ngan", "thanh tien"),
    ("obstacle", "title"): ("kho khan vuong mac", "vuong mac", "kho khan", "ton tai"),
    ("obstacle", "proposal"): ("kien nghi", "de xuat"),
    ("contribution", "giver"): ("ho va ten", "nguoi dong gop", "ten ho"),
    ("contribution", "given"): ("hinh thuc dong gop", "hinh thuc"),
    ("member", "name"): ("ho va ten",),
    ("member", "phone"): ("so dien thoai", "dt", "sdt"),
    ("member", "office"): ("chuc vu", "don vi cong tac"),
    ("member", "position"): ("chuc danh trong ban",),
    ("member", "duties"): ("nhiem vu", "phan cong nhiem vu"),
    ("village", "name"): ("thon", "ten thon ban", "thon ban"),
    ("village", "population"): ("nhan khau", "so nhan khau", "khau"),
    ("village", "households"): ("ho", "tong so ho"),
}
"""How offices head a column besides its declared label, without marks."""


def find_register(
    page: Page, title: str, register: Register, alone: Mapping[int, Sequence[Heading]]
) -> tuple[Layout, float] | None:
    """Look for the headings of a register.

    Args:
        page: the sheet.
        title: its name.
        register: which.
        alone: the first rows of the page, each as if it were all of the headings.
    """

    def said(row: int) -> int:
        return len({role for like, _, role in _scores(alone.get(row, ()), register, 60) if like})

    core, count = richest(alone, said)
    if not count:
        return None
    top, bottom = block_around(page, core, page.last_row, lambda row: said(row) > 0)
    columns = assign(_scores(headings(page, top, bottom), register), {})
    naming = {Role(name) for name in register.model.named_by[:1]}
    if len(columns) < _FEWEST_COLUMNS or not naming <= set(columns.values()):
        return None
    first = bottom + 1
    while is_numbering(page, first):
        first += 1
    all_headings = len(headings(page, top, bottom))
    weight = 4.0 * len(columns) * len(columns) / max(all_headings, len(columns))
    return Layout(title, register.name, top, first, columns), weight


def first_headings(page: Page) -> Mapping[int, Sequence[Heading]]:
    """Give the first rows of a page, each as if it were all of its headings."""
    return {row: headings(page, row, row) for row in sorted(page.rows)[:_LOOKED_AT]}


def _scores(
    found: Sequence[Heading], register: Register, least: float = 50
) -> Iterator[tuple[float, int, Role]]:
    for heading in found:
        for role, said, words in _roles(register.name):
            if heading.words.isdisjoint(words):
                continue
            best = max(score(heading, phrase) for phrase in said)
            if best >= least:
                yield best + (1 if role.part else 0), heading.column, role


@cache
def _roles(name: str) -> tuple[tuple[Role, tuple[str, ...], frozenset[str]], ...]:
    """Give what a register's columns hold, how headings say it, and the words of that."""
    register = next(one for one in ALL if one.name == name)
    found: list[tuple[Role, tuple[str, ...]]] = []
    for column in register.columns:
        if not column.typed_by(register.model.row_owner):
            continue
        found.append((Role(column.name), _phrases(name, column)))
        if isinstance(column.kind, Split):
            found += [
                (Role(column.name, source), (fold(label),))
                for source, label in column.kind.offered()
            ]
    return tuple((role, said, frozenset(" ".join(said).split())) for role, said in found)


def _phrases(register: str, column: Column) -> tuple[str, ...]:
    """Give how headings name a field: its label, the parts of it, and what offices write."""
    label = fold(column.label)
    return (label.replace(",", ""), *label.split(", "), *_ALSO.get((register, column.name), ()))
