"""What the papers for recognition say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from db.judging import AS_GOOD_AS_MET
from db.registers.dossier import DOSSIER
from db.reporting.money import Capital, read_capital
from db.reporting.progress import Progress, read_progress
from db.reporting.rows import Row, rows_of
from db.reporting.work import Doings, read_doings
from ntm_tui.papers.contents import capital as money
from ntm_tui.papers.contents import doings as done
from ntm_tui.papers.contents.head import COMMON, head, people_committee
from ntm_tui.papers.contents.meetings import MEETING
from ntm_tui.papers.contents.standing import figure_words, found_words, lacking_words
from ntm_tui.papers.contents.words import DOTS, day, listed, number, paragraphs
from ntm_tui.papers.figures import rounded_down
from ntm_tui.papers.planned import status_words
from ntm_tui.papers.word.values import Known, Line, Values

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sheet.records import Checklist
    from ntm_tui.papers.paper import Wanted

_SHARED = (
    *COMMON,
    Known("can_cu", "các căn cứ", several=True),
    Known("mo_dau", "đoạn mở đầu"),
    Known("tieu_chi", "kết quả tự đánh giá", several=True),
    Known("chua_dat", "tiêu chí chưa đạt", several=True),
    Known("bieu_quyet", "kết quả lấy ý kiến, biểu quyết", several=True),
    Known("loi_cua_xa", "lời của xã, ghi ở sổ Hồ sơ công nhận", several=True),
    Known("ket_thuc", "câu kết thúc"),
)
APPLICATION = (
    *_SHARED,
    Known(
        "bang_ho_so",
        "giấy tờ kèm theo",
        {"tt": "số thứ tự", "ten": "giấy tờ", "so": "số, ký hiệu", "ngay": "ngày xong"},
    ),
)
RESULT = (
    *_SHARED,
    Known("dac_diem", "đặc điểm của xã", several=True),
    Known("tung_tieu_chi", "mỗi tiêu chí một đoạn", several=True),
    Known("von", "vốn, giải ngân", several=True),
    Known("huy_dong", "huy động sức dân", several=True),
    Known("cong_trinh", "công trình", several=True),
    Known("vuong_mac", "khó khăn, vướng mắc", several=True),
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
MINUTES = (*_SHARED, *MEETING, Known("ket_luan", "kết luận của cuộc họp"))
OPINIONS = (*_SHARED, Known("cong_khai", "việc công khai, lấy ý kiến", several=True))

_BLANK = "………………"
_ATTACHED = (
    "self_assessment",
    "opinions",
    "meeting",
    "result_report",
    "pictures",
    "debt",
)
"""The steps whose papers go with the application."""


@dataclass(frozen=True)
class _Told:
    """What the papers for recognition are written from."""

    desk: Desk
    wanted: Wanted
    progress: Progress
    steps: dict[str, Row]

    @property
    def aim(self) -> str:
        """What is asked for: "đạt chuẩn nông thôn mới"."""
        label = self.desk.commune.tier.label.replace("NTM", "nông thôn mới")
        said = label if label.startswith("Đạt") else f"đạt chuẩn {label}"
        return f"{said[:1].lower()}{said[1:]} năm {self.progress.now.sheet.year}"

    def step(self, name: str, field: str) -> Any:
        """Give what is written down about a step."""
        row = self.steps.get(name)
        return row.get(field) if row is not None else None

    def words(self, name: str) -> tuple[str, ...]:
        """Give what the office wrote for the paper of a step."""
        return paragraphs(self.step(name, "words") or "") or (DOTS,)


def _read(desk: Desk, wanted: Wanted) -> _Told:
    steps = {it.get("step"): it for it in rows_of(desk, DOSSIER, wanted.today)}
    return _Told(desk, wanted, read_progress(desk, wanted.span, wanted.today), steps)


def _shared(
    told: _Told, step: str, *, kind: str, sign: str, about: str, end: str
) -> dict[str, Any]:
    desk, now = told.desk, told.progress.now
    upper = desk.commune.upper_level or f"huyện {desk.commune.district}"
    return {
        **head(
            desk,
            told.wanted.today,
            kind=kind,
            sign=sign,
            about=about,
            to=f"Ủy ban nhân dân {upper}",
            recipients=("Thường trực Đảng ủy, HĐND xã", "Ủy ban MTTQ Việt Nam xã"),
        ),
        "can_cu": (
            "Căn cứ Quyết định số 18/2022/QĐ-TTg ngày 02/8/2022 của Thủ tướng Chính phủ;",
            f"Căn cứ {now.sheet.criteria_set.name} ({now.sheet.criteria_set.document});",
            "Căn cứ kết quả tự đánh giá của xã,",
        ),
        "mo_dau": f"{people_committee(desk)} {end}",
        "tieu_chi": (found_words(told.progress),),
        "chua_dat": lacking_words(told.progress),
        "bieu_quyet": tuple(_votes(told)),
        "loi_cua_xa": told.words(step),
        "ket_thuc": "",
    }


def _votes(told: _Told) -> Iterator[str]:
    for step, what in (
        ("opinions", "Lấy ý kiến nhân dân"),
        ("meeting", "Họp đề nghị công nhận"),
        ("survey", "Mặt trận Tổ quốc lấy ý kiến về sự hài lòng"),
    ):
        agreed, asked = told.step(step, "agreed"), told.step(step, "asked")
        held = told.step(step, "done_on")
        when = f" (ngày {day(held)})" if held else ""
        if agreed is None or not asked:
            yield f"{what}{when}: {_BLANK} người đồng ý trên tổng số {_BLANK} người."
        else:
            share = rounded_down(Fraction(agreed * 100, asked))
            yield f"{what}{when}: {number(agreed)}/{number(asked)} đồng ý, đạt {share} %."


def application(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the paper that asks for recognition."""
    told = _read(desk, wanted)
    about = f"Về việc thẩm tra, đề nghị xét, công nhận xã {desk.commune.name} {told.aim}"
    shared = _shared(
        told,
        "application",
        kind="Tờ trình",
        sign="TTr-UBND",
        about=about,
        end=f"kính trình thẩm tra, đề nghị xét, công nhận xã {told.aim} với các nội dung sau:",
    )
    upper = desk.commune.upper_level or f"huyện {desk.commune.district}"
    return [
        {
            **shared,
            "loi_cua_xa": paragraphs(told.step("application", "words") or ""),
            "bang_ho_so": tuple(_attached(told)),
            "ket_thuc": f"Kính trình Ủy ban nhân dân {upper} xem xét, quyết định./.",
        }
    ]


def _attached(told: _Told) -> Iterator[Line]:
    for place, step in enumerate(_ATTACHED, 1):
        row = told.steps.get(step)
        yield Line(
            {
                "tt": str(place),
                "ten": row.text("name") if row is not None else step,
                "so": told.step(step, "number") or "",
                "ngay": day(told.step(step, "done_on")),
            }
        )


def results(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the report on the results."""
    told = _read(desk, wanted)
    works = read_capital(desk, wanted.span, wanted.today)
    doings = read_doings(desk, wanted.span, wanted.today)
    shared = _shared(
        told,
        "result_report",
        kind="Báo cáo",
        sign="BC-UBND",
        about=f"Kết quả xây dựng nông thôn mới của xã {desk.commune.name}, {told.aim}",
        end="báo cáo kết quả xây dựng nông thôn mới của xã như sau:",
    )
    return [{**shared, **_results(told, works, doings)}]


def _results(told: _Told, works: Capital, doings: Doings) -> dict[str, Any]:
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
        heading = f"{one.criterion.number}. {one.criterion.name}: {one.status.label.lower()}"
        yield Line({}, heading=heading)
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


def minutes(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the minutes of the meeting that asks for recognition."""
    told = _read(desk, wanted)
    held = told.step("meeting", "done_on") or told.step("meeting", "planned_on")
    shared = _shared(
        told,
        "meeting",
        kind="Biên bản",
        sign="BB-UBND",
        about=f"Họp đề nghị xét, công nhận xã {desk.commune.name} {told.aim}",
        end="họp thống nhất kết quả tự đánh giá.",
    )
    return [
        {
            **shared,
            "ngay_hop": f"ngày {day(held)}" if held else "ngày ….. tháng ….. năm ……",
            "dia_diem": _BLANK,
            "thanh_phan": _BLANK,
            "chu_toa": _BLANK,
            "thu_ky": desk.officer,
            "bieu_quyet": [it for it in _votes(told) if it.startswith("Họp")],
            "ket_luan": (
                f"Cuộc họp thống nhất đề nghị cấp có thẩm quyền thẩm tra, xét, công nhận xã "
                f"{desk.commune.name} {told.aim}."
            ),
            "ket_thuc": "Cuộc họp kết thúc vào ….. giờ ….. cùng ngày./.",
        }
    ]


def opinions(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the report on the opinions of the people."""
    told = _read(desk, wanted)
    published = told.step("published", "done_on")
    when = f"từ ngày {day(published)}" if published else f"từ ngày {_BLANK}"
    shared = _shared(
        told,
        "opinions",
        kind="Báo cáo",
        sign="BC-UBND",
        about=(
            "Tổng hợp ý kiến tham gia về kết quả thực hiện các tiêu chí nông thôn mới năm "
            f"{told.progress.now.sheet.year}"
        ),
        end="báo cáo tổng hợp ý kiến tham gia của nhân dân và các tổ chức như sau:",
    )
    return [
        {
            **shared,
            "cong_khai": (
                f"Kết quả tự đánh giá được công khai {when} tại trụ sở xã, nhà văn hóa các thôn "
                "và trên hệ thống truyền thanh.",
                found_words(told.progress),
            ),
            "bieu_quyet": [it for it in _votes(told) if not it.startswith("Họp")],
            "ket_thuc": "Trên đây là báo cáo tổng hợp ý kiến tham gia./.",
        }
    ]
