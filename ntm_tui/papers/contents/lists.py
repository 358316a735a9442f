"""What lists and forms say: who answers for what, which papers prove what, the village form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from db import evidence as documents
from db.judging.figures import part_label, parts_of
from db.registers.people import MEMBERS, RESPONSIBILITIES, VILLAGES
from db.reporting.rows import Row, rows_of
from db.villages import CellPlace, Grid, by_status, read_grid
from ntm_tui.papers.contents.head import COMMON, head, people_committee
from ntm_tui.papers.contents.words import day, listed, number
from ntm_tui.papers.figures import show_figure
from ntm_tui.papers.word.values import Known, Line, Values

if TYPE_CHECKING:
    from db.communes import VillageRecord
    from db.desk import Desk
    from db.evidence import EvidenceRecord
    from db.sheet.records import IndicatorState
    from ntm_tui.papers.paper import Wanted

_DUTY = {
    "tt": "số thứ tự",
    "noi_dung": "tiêu chí hoặc thôn",
    "nguoi": "người chịu trách nhiệm",
    "phoi_hop": "người phối hợp",
    "ghi_chu": "ghi chú",
}
DUTIES = (
    *COMMON,
    Known("mo_dau", "đoạn mở đầu"),
    Known("bang_tieu_chi", "ai phụ trách tiêu chí nào", _DUTY),
    Known("bang_thon", "ai phụ trách thôn nào", _DUTY),
    Known(
        "bang_thanh_vien",
        "thành viên các ban",
        {
            "tt": "số thứ tự",
            "ten": "họ tên",
            "thuoc": "thuộc ban nào",
            "chuc_danh": "chức danh trong ban",
            "chuc_vu": "chức vụ, đơn vị",
            "nhiem_vu": "nhiệm vụ được giao",
        },
    ),
    Known("ket_thuc", "câu kết thúc"),
)
EVIDENCE = (
    *COMMON,
    Known("mo_dau", "đoạn mở đầu"),
    Known(
        "bang_minh_chung",
        "tài liệu theo từng chỉ tiêu",
        {
            "tt": "số thứ tự trong chỉ tiêu",
            "ten": "tên tài liệu",
            "so": "số, ký hiệu",
            "ngay": "ngày văn bản, đúng như đã ghi",
            "co_quan": "cơ quan ban hành",
            "tep": "tên tệp",
        },
    ),
)
VILLAGE = (
    *COMMON,
    Known("ten_thon", "tên thôn"),
    Known("truong_thon", "trưởng thôn"),
    Known("so_ho", "số hộ"),
    Known("so_khau", "số khẩu"),
    Known(
        "bang_chi_tieu",
        "các chỉ tiêu ghi theo thôn, đúng thứ tự ở màn hình F4",
        {
            "tt": "số chỉ tiêu",
            "ten": "tên chỉ tiêu",
            "yeu_cau": "yêu cầu đạt chuẩn",
            "cach_ghi": "ghi thế nào",
            "da_co": "số liệu thôn đã có",
        },
    ),
    Known("huong_dan", "cách nhập phiếu vào máy"),
)


# -- Who answers for what --------------------------------------------------------------------------


def responsibilities(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the table of responsibilities."""
    rows = list(rows_of(desk, RESPONSIBILITIES, wanted.today))
    of_villages = [it for it in rows if it.record.id.startswith("||")]
    of_criteria = [it for it in rows if it not in of_villages]
    about = "Phân công phụ trách tiêu chí, phụ trách thôn trong xây dựng nông thôn mới"
    year = desk.sheet().year
    return [
        {
            **head(
                desk,
                wanted.today,
                kind="Thông báo",
                sign="TB-UBND",
                about=f"{about} năm {year}",
                recipients=("Đảng ủy, HĐND xã", "Thành viên các Ban", "Các thôn"),
            ),
            "mo_dau": (
                f"{people_committee(desk)} thông báo phân công nhiệm vụ thực hiện các tiêu chí "
                f"nông thôn mới năm {year} như sau:"
            ),
            "bang_tieu_chi": tuple(_duties(of_criteria)),
            "bang_thon": tuple(_duties(of_villages)),
            "bang_thanh_vien": tuple(_members(desk, wanted)),
            "ket_thuc": "Các thành viên có tên trên chịu trách nhiệm thi hành thông báo này./.",
        }
    ]


def _duties(rows: Sequence[Row]) -> Iterator[Line]:
    for place, row in enumerate(rows, 1):
        yield Line(
            {
                "tt": str(place),
                "noi_dung": row.text("subject"),
                "nguoi": row.text("member") or "(chưa phân công)",
                "phoi_hop": row.text("helpers"),
                "ghi_chu": listed((row.text("directive").partition(" · ")[0], row.text("note"))),
            }
        )


def _members(desk: Desk, wanted: Wanted) -> Iterator[Line]:
    for place, row in enumerate(rows_of(desk, MEMBERS, wanted.today), 1):
        yield Line(
            {
                "tt": str(place),
                "ten": row.text("name"),
                "thuoc": row.text("body"),
                "chuc_danh": row.text("position"),
                "chuc_vu": row.text("office"),
                "nhiem_vu": row.text("duties"),
            }
        )


# -- Evidence --------------------------------------------------------------------------------------


def evidence(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the index of evidence."""
    found = desk.checklist()
    sheet = found.sheet
    with desk.reading() as session:
        papers = documents.evidence_of(session, desk.home, sheet)
    lines = [
        line
        for state in found.states
        for line in _papers(state, papers.get(state.indicator.number, ()))
    ]
    count = sum(map(len, papers.values()))
    bare = len(found.states) - len(papers)
    return [
        {
            **head(
                desk,
                wanted.today,
                kind="Danh mục",
                sign="DM-UBND",
                about=f"Tài liệu minh chứng thực hiện các tiêu chí nông thôn mới năm {sheet.year}",
            ),
            "mo_dau": (
                f"Theo {sheet.criteria_set.short_name}: {number(count)} tài liệu cho "
                f"{number(len(papers))} chỉ tiêu; còn {number(bare)} chỉ tiêu chưa có tài liệu."
            ),
            "bang_minh_chung": tuple(lines),
        }
    ]


def _papers(state: IndicatorState, papers: Sequence[EvidenceRecord]) -> Iterator[Line]:
    yield Line({}, heading=f"{state.indicator.number} {state.indicator.name}")
    if not papers:
        yield Line({"ten": "(chưa có tài liệu)"})
    for place, it in enumerate(papers, 1):
        yield Line(
            {
                "tt": str(place),
                "ten": it.title,
                "so": it.number,
                "ngay": it.date_written,
                "co_quan": it.issuer,
                "tep": it.file.file_name if it.file is not None else "(bản giấy)",
            }
        )


# -- The village form ------------------------------------------------------------------------------


def villages(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the form of a village, or those of all of them."""
    with desk.reading() as session:
        grid = read_grid(session, desk.sheet())
    leaders = {it.record.id: it.text("leader") for it in rows_of(desk, VILLAGES, wanted.today)}
    meant = [it for it in grid.villages if wanted.row in ("", it.code)]
    return [_form(desk, wanted, grid, it, leaders.get(it.code, "")) for it in meant]


def _form(desk: Desk, wanted: Wanted, grid: Grid, village: VillageRecord, leader: str) -> Values:
    sheet = grid.checklist.sheet
    return {
        **head(
            desk,
            wanted.today,
            kind="Phiếu thu thập số liệu",
            sign="",
            about=f"{village.name}, năm {sheet.year}",
        ),
        "so_ky_hieu": "",
        "ten_thon": village.name,
        "truong_thon": leader or "………………………",
        "so_ho": number(village.households) if village.households is not None else "…..",
        "so_khau": number(village.population) if village.population is not None else "…..",
        "bang_chi_tieu": tuple(_cell(grid, it, village) for it in grid.columns),
        "huong_dan": (
            "Chỗ ghi 1, 2, 3 hoặc 4: 1 đạt, 2 chưa đạt, 3 đang làm, 4 không áp dụng. Nhập vào "
            f"máy: F4, dòng {village.name}, gõ từ trái sang phải. Lập ngày {day(wanted.today)}."
        ),
    }


def _cell(grid: Grid, state: IndicatorState, village: VillageRecord) -> Line:
    indicator, threshold = state.indicator, state.threshold.effective
    finding = grid.findings[CellPlace(village.code, indicator.number)]
    said = (
        finding.status.label
        if by_status(state)
        else show_figure(finding.figure, indicator, threshold)
    )
    return Line(
        {
            "tt": indicator.number,
            "ten": indicator.name,
            "yeu_cau": threshold.text(grid.checklist.sheet.year),
            "cach_ghi": _how(state),
            "da_co": said,
        }
    )


def _how(state: IndicatorState) -> str:
    """Say what is written into the last column, and typed afterwards."""
    if by_status(state):
        return "1, 2, 3 hoặc 4"
    indicator, threshold = state.indicator, state.threshold.effective
    counted, unit = indicator.counted, threshold.unit(0)
    if len(parts := parts_of(indicator, threshold)) > 1:
        return "; ".join(part_label(indicator, it).lower() for it in parts)
    if unit == "%" or counted:
        return f"số {counted or 'đạt'} đạt / tổng số {counted}".rstrip()
    return f"số ({unit})" if unit else "số"
