"""The paper that asks for recognition, with the list of what goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ntm_tui.papers.contents.dossier.told import SHARED, Told, read_told, shared_words
from ntm_tui.papers.contents.head import upper_level
from ntm_tui.papers.contents.words import day, paragraphs
from ntm_tui.papers.word.values import Known, Line, Values

if TYPE_CHECKING:
    from db.desk import Desk
    from ntm_tui.papers.paper import Wanted

APPLICATION = (
    *SHARED,
    Known(
        "bang_ho_so",
        "giấy tờ kèm theo",
        {"tt": "số thứ tự", "ten": "giấy tờ", "so": "số, ký hiệu", "ngay": "ngày xong"},
    ),
)
_ATTACHED = (
    "self_assessment",
    "opinions",
    "meeting",
    "result_report",
    "pictures",
    "debt",
)
"""The steps whose papers go with the application."""


def application(desk: Desk, wanted: Wanted) -> Sequence[Values]:
    """Write the paper that asks for recognition."""
    told = read_told(desk, wanted)
    about = f"Về việc thẩm tra, đề nghị xét, công nhận xã {desk.commune.name} {told.aim}"
    shared = shared_words(
        told,
        "application",
        kind="Tờ trình",
        sign="TTr-UBND",
        about=about,
        end=f"kính trình thẩm tra, đề nghị xét, công nhận xã {told.aim} với các nội dung sau:",
    )
    return [
        {
            **shared,
            "loi_cua_xa": paragraphs(told.step("application", "words") or ""),
            "bang_ho_so": tuple(_attached(told)),
            "ket_thuc": (
                f"Kính trình Ủy ban nhân dân {upper_level(desk.commune)} xem xét, quyết định./."
            ),
        }
    ]


def _attached(told: Told) -> Iterator[Line]:
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
