"""The report on the results, with the table of every indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from db.judging import AS_GOOD_AS_MET
from db.reporting.money import Capital, read_capital
from db.reporting.work import Doings, read_doings
from ntm_tui.papers.contents import capital as money
from ntm_tui.papers.contents import doings as done
from ntm_tui.papers.contents.dossier.told import SHARED, Told, read_told, shared_words
from ntm_tui.papers.contents.standing import criterion_words, figure_words
from ntm_tui.papers.contents.words import listed, number
from ntm_tui.papers.planned import status_words
from ntm_tui.papers.word.values import Known, Line, Values

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sheet.records import Checklist
    from ntm_tui.papers.paper import Wanted

RESULT = (
    *SHARED,
    Known("dac_diem", "đặc điểm của xã", several=True),
    Known("tung_tieu_chi", "mỗi tiêu chí một đoạn", several=True),
    money.FUNDS,
    money.GIFTS,
    money.WORKS,
    done.OBSTACLES,
    Known(
        "bieu_ket_qua",
        "biểu chi tiết",
        {
            "tt": "số chỉ tiêu",
            "ten": "tên tiêu chí",
            "noi_dung": "nội dung chỉ tiêu",
            "yeu_cau": "yêu cầu đạt chuẩn",
            "ket_qua": "kết quả thực hiện",
            "danh_gia": "xã tự đánh giá",
            "ghi_chu": "ghi chú",
        },
    ),
)


def results(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the report on the results."""
    told = read_told(desk, wanted)
    works = read_capital(desk, wanted.span, wanted.today)
    doings = read_doings(desk, wanted.span, wanted.today)
    shared = shared_words(
        told,
        "result_report",
        kind="Báo cáo",
        sign="BC-UBND",
        about=f"Kết quả xây dựng nông thôn mới của xã {desk.commune.name}, {told.aim}",
        end="báo cáo kết quả xây dựng nông thôn mới của xã như sau:",
    )
    return [{**shared, **_results(told, works, doings)}]


def _results(told: Told, works: Capital, doings: Doings) -> dict[str, Any]:
    span = told.wanted.span
    return {
        "dac_diem": _place(told.desk),
        "tung_tieu_chi": tuple(_each(told.progress.now)),
        "von": money.money_words(works, span),
        "huy_dong": money.gift_words(works),
        "cong_trinh": money.work_words(works, span),
        "vuong_mac": done.obstacle_words(doings),
        "bieu_ket_qua": tuple(result_lines(told.progress.now)),
        "ket_thuc": (
            f"Trên đây là báo cáo kết quả xây dựng nông thôn mới của xã {told.desk.commune.name}./."
        ),
    }


def _place(desk: Desk) -> tuple[str, ...]:
    from db.communes import villages

    with desk.reading() as session:
        found = villages(session, desk.commune.scope)
    households = sum(it.households or 0 for it in found)
    people = sum(it.population or 0 for it in found)
    commune = desk.commune
    held = ""
    if commune.held_tier is not None:
        said = listed((commune.held_decision, commune.held_date))
        held = f" Xã đang giữ danh hiệu {commune.held_tier.label}{f' ({said})' if said else ''}."
    return (
        f"{commune.title}, huyện {commune.district}, tỉnh {commune.province} có "
        f"{number(len(found))} thôn, {number(households)} hộ, {number(people)} khẩu.{held}",
    )


def _each(found: Checklist) -> Iterator[str]:
    for one in found.standing.criteria:
        met = sum(one.count(it) for it in AS_GOOD_AS_MET)
        yield (
            f"Tiêu chí {one.criterion.number}. {one.criterion.name}: "
            f"{one.status.label.lower()}, {met}/{len(one.criterion.indicators)} chỉ tiêu."
        )


def result_lines(found: Checklist) -> Iterator[Line]:
    """Give the table of results, indicator by indicator."""
    for one in found.standing.criteria:
        yield Line({}, heading=criterion_words(one))
        for indicator in one.criterion.indicators:
            state = found.by_number[indicator.number]
            yield Line(
                {
                    "tt": indicator.number,
                    "ten": one.criterion.name,
                    "noi_dung": indicator.name,
                    "yeu_cau": state.threshold.effective.text(found.sheet.year),
                    "ket_qua": figure_words(state),
                    "danh_gia": status_words(state.judgement.status),
                    "ghi_chu": listed((state.judgement.reason, state.assessment.note)),
                }
            )
