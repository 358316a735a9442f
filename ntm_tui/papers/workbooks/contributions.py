"""What people give: counted, or with their names where the officer chose so."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from db.registers.reading import Page
from db.registers.register import Record
from ntm_tui.papers.workbooks.registers import PLACE, register_table
from ntm_tui.papers.workbooks.table import Column, Row, Shape, Table, Value
from ntm_tui.papers.workbooks.workbook import Source, Workbook

_TITLE = "KẾT QUẢ HUY ĐỘNG ĐÓNG GÓP CỦA CỘNG ĐỒNG, NGƯỜI DÂN – {KỲ}"
_GROUPED = ("village", "giver_kind", "given", "work")
_COUNTED = (
    PLACE,
    Column("village", "Thôn"),
    Column("giver_kind", "Bên góp", Shape.SHORT),
    Column("luot", "Số lượt góp", Shape.NUMBER, total=True),
    Column("given", "Góp bằng", Shape.SHORT),
    Column("quantity", "Số lượng", Shape.NUMBER),
    Column("worth", "Quy đổi (triệu đồng)", Shape.NUMBER, total=True),
    Column("work", "Cho công trình"),
)


def _tables(source: Source) -> tuple[Table, ...]:
    page, given = source.money.contributions, source.money.given
    if source.options.with_names:
        shown = ("given_on", "giver", "giver_kind", "given", "quantity", "worth", "village", "work")
        table = register_table(
            page,
            given,
            key="dong-gop-ten",
            title=_TITLE,
            shown=(*shown, "what", "note"),
            totals=("worth",),
        )
        return (replace(table, tab=f"{table.tab} (có tên)"),)
    return (
        Table(
            "dong-gop",
            page.register.title,
            _TITLE,
            _COUNTED,
            tuple(_counted(page, given)),
            notes=("Không ghi tên người góp.",),
        ),
    )


def _counted(page: Page, given: Sequence[Record]) -> Iterator[Row]:
    """Put together what the same kind of people of a village gave of one thing for one work."""
    groups: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in given:
        key = tuple(page.register.text(record, page.context, name) for name in _GROUPED)
        groups[key].append(record)
    for place, (key, records) in enumerate(sorted(groups.items()), 1):
        texts: dict[str, Value] = {
            name: text or None for name, text in zip(_GROUPED, key, strict=True)
        }
        sums = {name: _sum(records, name) for name in ("quantity", "worth")}
        yield Row({"stt": place, "luot": len(records), **texts, **sums}, " ".join(key))


def _sum(records: Sequence[Record], name: str) -> Decimal:
    return sum((one.values.get(name) or Decimal(0) for one in records), Decimal(0))


CONTRIBUTIONS = Workbook(
    "dong-gop",
    "Đóng góp của người dân",
    "Tiền, ngày công, đất, hiện vật người dân góp trong kỳ; chỉ có tên khi chọn.",
    _tables,
    names_people=True,
)
