"""What an agency of the upper level reports to the steering committee about its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.checklist import read_as_of
from db.journal.history import end_of, rows_as_of
from db.judging import AS_GOOD_AS_MET, Status
from db.overview.fields import FieldRow, fields_of
from db.overview.reading import read_overview
from db.registers.names import number_id, number_of
from db.registers.upper import REQUESTS, UPPER_INSPECTIONS
from db.registers.work import OBSTACLES, ObstacleStage
from db.reporting.rows import rows_of
from ntm_tui.papers.contents.head import COMMON, head
from ntm_tui.papers.contents.words import DOTS, aside, bullets, listed, number, paragraphs
from ntm_tui.papers.word.values import Known, Line, Values

if TYPE_CHECKING:
    from datetime import date

    from db.desk import Desk
    from db.overview import CommuneRow, Overview
    from db.sheet.records import Checklist
    from ntm_tui.papers.paper import Wanted

FIELD = (
    *COMMON,
    Known("mo_dau", "đoạn mở đầu"),
    Known("tong_hop", "kết quả chung của lĩnh vực", several=True),
    Known(
        "bang_xa",
        "từng xã",
        {
            "tt": "số thứ tự",
            "xa": "tên xã",
            "truoc": "số tiêu chí đạt kỳ trước",
            "nay": "số tiêu chí đạt hiện nay",
            "chua_dat": "tiêu chí chưa đạt",
            "khac": "chỉ tiêu có kết quả thẩm tra khác xã tự đánh giá",
        },
    ),
    Known("vuong_mac", "vướng mắc của các xã chờ trả lời", several=True),
    Known("don_doc", "việc đã giao các xã còn chưa xong", several=True),
    Known("nhan_xet", "nhận xét, kiến nghị do cơ quan viết", several=True),
    Known("ket_thuc", "câu kết thúc"),
)
Before = Mapping[str, "Checklist | None"]
"""The checklist of each commune before the span, by its code."""


def fields(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the report of an agency, or those of all of them."""
    from db.clock import now

    overview = read_overview(desk, now())
    found = [it for it in fields_of(desk, overview) if wanted.row in ("", it.agency)]
    if not found:
        from db.problems import NotFound

        raise NotFound(
            "Chưa ghi cơ quan chuyên môn nào. Chưa lập gì. Hãy ghi ở F4, sổ Cơ quan chuyên môn."
        )
    before: dict[str, Checklist | None] = {}
    for place, it in enumerate(overview.communes):
        wanted.watch.step(place, len(overview.communes))
        before[it.scope] = _before(desk, it, wanted)
    pressing = _read_pressing(desk, overview, wanted.today)
    return [_field(desk, wanted, overview, it, before, pressing) for it in found]


def _before(desk: Desk, row: CommuneRow, wanted: Wanted) -> Checklist | None:
    """Read how a commune stood before the span; None where it was not here yet."""
    day = wanted.span.eve
    with desk.reading() as session:
        if not rows_as_of(session, row.scope, "commune", end_of(day)):
            return None
        return read_as_of(session, row.checklist.sheet, day)


def _field(
    desk: Desk,
    wanted: Wanted,
    overview: Overview,
    field: FieldRow,
    before: Before,
    pressing: _Pressing,
) -> Values:
    own = _own(overview, field)
    lines = tuple(
        _line(str(place), it, own[it.scope], field, before)
        for place, it in enumerate((it for it in overview.communes if own[it.scope]), 1)
    )
    span = wanted.span
    people = f" ({', '.join(field.people)})" if field.people else ""
    named = field.field or ", ".join(f"tiêu chí {it}" for it in field.criteria)
    called = f"{named[:1].lower()}{named[1:]}"
    return {
        **head(
            desk,
            wanted.today,
            kind="Báo cáo",
            sign="BC",
            about=f"Kết quả thực hiện các tiêu chí thuộc lĩnh vực {called} {span.label}",
            to=f"Ban Chỉ đạo các Chương trình MTQG {overview.upper.name}",
        ),
        "co_quan_cap_tren": overview.upper.office.upper(),
        "co_quan": field.name.upper(),
        "mo_dau": (
            f"{field.name}{people} báo cáo kết quả thực hiện các tiêu chí được phân công phụ trách "
            f"({', '.join(field.criteria) or 'chưa phân công tiêu chí nào'}) {span.label} như sau:"
        ),
        "tong_hop": tuple(_together(field, own, before, span.before)),
        "bang_xa": lines or (Line({"xa": "Chưa có số liệu của xã nào."}),),
        "vuong_mac": _waiting(pressing, field),
        "don_doc": _asked(pressing, field),
        "nhan_xet": paragraphs(field.remarks) or (DOTS,),
        "ket_thuc": f"{field.name} báo cáo để Ban Chỉ đạo tổng hợp, chỉ đạo./.",
    }


Own = Mapping[str, Sequence[str]]
"""The numbers of the criteria that an agency answers for, by commune."""


def _own(overview: Overview, field: FieldRow) -> Own:
    return {
        row.scope: [
            it.criterion.number
            for it in row.checklist.standing.criteria
            if number_id(row.checklist.sheet.criteria_set.id, it.criterion.number) in field.ids
        ]
        for row in overview.communes
    }


def _met(found: Checklist | None, own: Sequence[str]) -> int | None:
    if found is None:
        return None
    return sum(it.met for it in found.standing.criteria if it.criterion.number in own)


def _line(place: str, row: CommuneRow, own: Sequence[str], field: FieldRow, before: Before) -> Line:
    was = _met(before[row.scope], own)
    differing = {it.scope: numbers for it, numbers in field.differing}
    lacking = {it.scope: numbers for it, numbers in field.open}
    return Line(
        {
            "tt": place,
            "xa": row.commune.name,
            "truoc": "–" if was is None else f"{was}/{len(own)}",
            "nay": f"{_met(row.checklist, own)}/{len(own)}",
            "chua_dat": ", ".join(lacking.get(row.scope, ())),
            "khac": ", ".join(differing.get(row.scope, ())),
        }
    )


def _together(field: FieldRow, own: Own, before: Before, called: str) -> Iterator[str]:
    met = sum(field.counts.get(it, 0) for it in AS_GOOD_AS_MET)
    was = [_met(before[scope], numbers) for scope, numbers in own.items() if numbers]
    known = [it for it in was if it is not None]
    compared = f"; {called} {sum(known)} lượt (của {len(known)} xã có số liệu)" if known else ""
    yield (
        f"Tính chung các xã: đạt {number(met)}/{number(field.total)} lượt tiêu chí{compared}; "
        f"chưa đánh giá {number(field.counts.get(Status.NOT_ASSESSED, 0))} lượt."
    )
    if field.differing:
        named = listed(f"{row.commune.name} ({', '.join(it)})" for row, it in field.differing)
        yield f"Kết quả thẩm tra khác với xã tự đánh giá: {named}."


@dataclass(frozen=True)
class _Open:
    """What a commune waits for, or has not done; `about` is a criterion's number, or empty."""

    words: str
    about: str = ""
    agency: str = ""


@dataclass(frozen=True)
class _Pressing:
    """Obstacles that wait for a reply, and what is overdue in the communes."""

    waiting: tuple[_Open, ...]
    late: tuple[_Open, ...]


def _read_pressing(desk: Desk, overview: Overview, today: date) -> _Pressing:
    waiting: list[_Open] = []
    late: list[_Open] = []
    for row in overview.communes:
        own, name = desk.at_commune(row.scope), f"Xã {row.commune.name}"
        waiting += _obstacles(own, name, today)
        late += _overdue(own, name, today)
    return _Pressing(tuple(waiting), tuple(late))


def _obstacles(desk: Desk, name: str, today: date) -> Iterator[_Open]:
    for it in rows_of(desk, OBSTACLES, today):
        if it.get("stage") == ObstacleStage.REPORTED:
            proposal = f", đề xuất: {it.text('proposal')}" if it.get("proposal") else ""
            about = number_of(it.get("indicator") or "").partition(".")[0]
            yield _Open(f"{name}: {it.name}{proposal}", about)


def _overdue(desk: Desk, name: str, today: date) -> Iterator[_Open]:
    for register in (REQUESTS, UPPER_INSPECTIONS):
        for it in rows_of(desk, register, today):
            if it.record.late:
                past = aside(f"quá hạn {-(it.record.days_left or 0)} ngày")
                yield _Open(f"{name}: {it.name}{past}", agency=it.get("agency") or "")


def _waiting(pressing: _Pressing, field: FieldRow) -> tuple[str, ...]:
    """Name the obstacles about its criteria, and those that are about none."""
    found = [it.words for it in pressing.waiting if it.about in ("", *field.criteria)]
    return bullets(found) if found else ("Không có vướng mắc nào chờ trả lời.",)


def _asked(pressing: _Pressing, field: FieldRow) -> tuple[str, ...]:
    """Name what it asked for and is overdue, and what nobody in particular asked for."""
    found = [it.words for it in pressing.late if it.agency in ("", field.agency)]
    return bullets(found) if found else ("Không có việc nào quá hạn.",)
