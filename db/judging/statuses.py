"""The status of an indicator, as an officer gives it."""

from dataclasses import dataclass
from enum import StrEnum

from db.criteria.definitions import Indicator


class Status(StrEnum):
    """What was found about an indicator."""

    MET = "met"
    NOT_MET = "not_met"
    IN_PROGRESS = "in_progress"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSED = "not_assessed"

    @property
    def label(self) -> str:
        """What a person reads."""
        return _STATUS_LABELS[self]


AS_GOOD_AS_MET = (Status.MET, Status.NOT_APPLICABLE)
"""What lets a criterion count as met."""

_STATUS_LABELS = {
    Status.MET: "Đạt",
    Status.NOT_MET: "Chưa đạt",
    Status.IN_PROGRESS: "Đang thực hiện",
    Status.NOT_APPLICABLE: "Không áp dụng",
    Status.NOT_ASSESSED: "Chưa đánh giá",
}


@dataclass(frozen=True)
class Assessment:
    """The commune's own finding, with the reason where one was given."""

    status: Status
    reason: str = ""


def status_problem(indicator: Indicator, status: Status) -> str | None:
    """Tell in Vietnamese why an indicator cannot have that status; None when it can."""
    if status == Status.NOT_APPLICABLE and not indicator.may_be_na:
        return (
            f"Chỉ tiêu {indicator.number} không có “nếu có” nên không được ghi “Không áp dụng”. "
            "Hãy chọn trạng thái khác."
        )
    return None
