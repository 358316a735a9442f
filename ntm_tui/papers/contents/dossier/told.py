"""What all papers for recognition share: what they are written from, and what each says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from db.registers.dossier import DOSSIER
from db.reporting.progress import Progress, read_progress
from db.reporting.rows import Row, rows_of
from ntm_tui.papers.contents.head import COMMON, head, people_committee, upper_level
from ntm_tui.papers.contents.standing import found_words, lacking_words
from ntm_tui.papers.contents.words import DOTS, day, number, paragraphs
from ntm_tui.papers.figures import rounded_down
from ntm_tui.papers.word.values import Known

if TYPE_CHECKING:
    from db.desk import Desk
    from ntm_tui.papers.paper import Wanted

SHARED = (
    *COMMON,
    Known("can_cu", "các căn cứ", several=True),
    Known("mo_dau", "đoạn mở đầu"),
    Known("tieu_chi", "kết quả tự đánh giá", several=True),
    Known("chua_dat", "tiêu chí chưa đạt", several=True),
    Known("bieu_quyet", "kết quả lấy ý kiến, biểu quyết", several=True),
    Known("loi_cua_xa", "lời của xã, ghi ở sổ Hồ sơ công nhận", several=True),
    Known("ket_thuc", "câu kết thúc"),
)
BLANK = "………………"
"""Room for a word or a number by hand."""


@dataclass(frozen=True)
class Told:
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


def read_told(desk: Desk, wanted: Wanted) -> Told:
    """Read what the papers for recognition are written from."""
    steps = {it.get("step"): it for it in rows_of(desk, DOSSIER, wanted.today)}
    return Told(desk, wanted, read_progress(desk, wanted.span, wanted.today), steps)


def shared_words(
    told: Told, step: str, *, kind: str, sign: str, about: str, end: str
) -> dict[str, Any]:
    """Give the fields that all of them have.

    Args:
        told: what they are written from.
        step: the step of the way to recognition that the paper belongs to.
        kind: what kind of paper it is.
        sign: the letters after its number.
        about: what it is about.
        end: what the office does with it, as the end of the first sentence.
    """
    desk, now = told.desk, told.progress.now
    return {
        **head(
            desk,
            told.wanted.today,
            kind=kind,
            sign=sign,
            about=about,
            to=f"Ủy ban nhân dân {upper_level(desk.commune)}",
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
        "bieu_quyet": tuple(vote_words(told)),
        "loi_cua_xa": told.words(step),
        "ket_thuc": "",
    }


def vote_words(told: Told) -> Iterator[str]:
    """Say how many agreed of those who were asked, with room to write where it is not known."""
    for step, what in (
        ("opinions", "Lấy ý kiến nhân dân"),
        ("meeting", "Họp đề nghị công nhận"),
        ("survey", "Mặt trận Tổ quốc lấy ý kiến về sự hài lòng"),
    ):
        agreed, asked = told.step(step, "agreed"), told.step(step, "asked")
        held = told.step(step, "done_on")
        when = f" (ngày {day(held)})" if held else ""
        if agreed is None or not asked:
            yield f"{what}{when}: {BLANK} người đồng ý trên tổng số {BLANK} người."
        else:
            share = rounded_down(Fraction(agreed * 100, asked))
            yield f"{what}{when}: {number(agreed)}/{number(asked)} đồng ý, đạt {share} %."
