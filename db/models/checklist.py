"""What the commune finds on each indicator, and the thresholds it has checked on paper."""

from datetime import date
from typing import Any

from db.columns import Whole
from db.kinds import Composite, Date, Line, Paragraph, YesNo
from db.models.base import STRICT, Replicated, declared, key_part


class Assessment(Replicated, table=True):
    """The commune's own finding on one indicator in one year, for itself or for a village."""

    __tablename__ = "assessment"
    __table_args__ = STRICT
    subject = "Tự đánh giá"
    called = "đánh giá"
    natural_key = ("criteria_set", "indicator", "year", "village")

    criteria_set: str = key_part()
    indicator: str = key_part()
    year: int = key_part(Whole)
    village: str = key_part()
    status: dict[str, Any] | None = declared(
        "Tự đánh giá", Composite(), help="Kết quả tự đánh giá và lý do, nếu cần lý do."
    )
    figure: dict[str, Any] | None = declared("Số liệu", Composite())
    note: str | None = declared("Ghi chú", Paragraph())
    responsible: str | None = declared("Phụ trách", Line())
    due: date | None = declared("Hạn hoàn thành", Date())


class ThresholdConfirmation(Replicated, table=True):
    """A threshold that a person has checked, corrected or filled in from the printed decision."""

    __tablename__ = "threshold_confirmation"
    __table_args__ = STRICT
    subject = "Đối chiếu mức đạt"
    called = "đối chiếu"
    natural_key = ("criteria_set", "indicator")

    criteria_set: str = key_part()
    indicator: str = key_part()
    threshold: dict[str, Any] | None = declared(
        "Mức đạt theo văn bản", Composite(), help="Mức đạt cùng văn bản làm căn cứ."
    )


class IndicatorSetting(Replicated, table=True):
    """How the office keeps an indicator where it does otherwise than the set has it."""

    __tablename__ = "indicator_setting"
    __table_args__ = STRICT
    subject = "Cách ghi chỉ tiêu"
    called = "cách ghi"
    natural_key = ("criteria_set", "indicator")

    criteria_set: str = key_part()
    indicator: str = key_part()
    by_village: bool | None = declared(
        "Ghi theo từng thôn", YesNo(), help="Số của xã được cộng từ các thôn."
    )
