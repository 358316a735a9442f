"""What the commune finds on each indicator, and the thresholds it has checked on paper."""

from datetime import date
from typing import Any

from db.columns import Day, Structured, Text, Whole
from db.models.base import STRICT, Replicated, declared, key_part


class Assessment(Replicated, table=True):
    """The commune's own finding on one indicator in one year, for itself or for a village."""

    __tablename__ = "assessment"
    __table_args__ = STRICT
    natural_key = ("criteria_set", "indicator", "year", "village")

    criteria_set: str = key_part()
    indicator: str = key_part()
    year: int = key_part(Whole)
    village: str = key_part()
    status: dict[str, Any] | None = declared(
        "Tự đánh giá", Structured, help="Kết quả tự đánh giá và lý do, nếu cần lý do."
    )
    figure: dict[str, Any] | None = declared("Số liệu", Structured)
    note: str | None = declared("Ghi chú", Text)
    responsible: str | None = declared("Phụ trách", Text)
    due: date | None = declared("Hạn hoàn thành", Day)


class ThresholdConfirmation(Replicated, table=True):
    """A threshold that a person has checked, corrected or filled in from the printed decision."""

    __tablename__ = "threshold_confirmation"
    __table_args__ = STRICT
    natural_key = ("criteria_set", "indicator")

    criteria_set: str = key_part()
    indicator: str = key_part()
    threshold: dict[str, Any] | None = declared(
        "Mức đạt theo văn bản", Structured, help="Mức đạt cùng văn bản làm căn cứ."
    )
