"""What the upper level writes: about one commune in that commune's scope, for all in `shared`.

Its rows are kept apart from the commune's own, so that neither ever writes over the other. Where
the commune has to answer, the fields of the answer are the commune's.
"""

from datetime import date
from typing import Any

from db.columns import Whole
from db.kinds import (
    Choice,
    Composite,
    Count,
    Date,
    Labelled,
    Line,
    Link,
    Links,
    Paragraph,
    WrittenDate,
)
from db.models.base import STRICT, Replicated, declared, key_part
from db.models.work import TaskState
from db.owner import Owner


def _by_upper(label: str, kind: Any, help: str = "") -> Any:
    """Declare a field that the upper level writes."""
    return declared(label, kind, help=help, owner=Owner.UPPER)


class UpperRow(Replicated):
    """A row that only the upper level makes and deletes."""

    row_owner = Owner.UPPER


class Verdict(UpperRow, table=True):
    """The upper level's finding on one indicator in one year, beside the commune's own."""

    __tablename__ = "verdict"
    __table_args__ = STRICT
    subject = "Thẩm tra"
    called = "kết quả thẩm tra"
    natural_key = ("criteria_set", "indicator", "year")

    criteria_set: str = key_part()
    indicator: str = key_part()
    year: int = key_part(Whole)
    status: dict[str, Any] | None = _by_upper("Kết quả thẩm tra", Composite())
    note: str | None = _by_upper("Nhận xét", Paragraph())
    agency: str | None = _by_upper("Cơ quan thẩm tra", Link("agency", "cơ quan"))


class RequestKind(Labelled):
    """What the upper level sends down."""

    TASK = "task", "Nhiệm vụ"
    DIRECTIVE = "directive", "Văn bản chỉ đạo"


class UpperRequest(UpperRow, table=True):
    """A directive or a task from the upper level to a commune, and what the commune did."""

    __tablename__ = "upper_request"
    __table_args__ = STRICT
    subject = "Cấp trên giao"
    called = "việc được giao"
    named_by = ("title",)

    title: str | None = _by_upper("Việc, trích yếu", Line())
    kind: str | None = _by_upper("Loại", Choice(RequestKind))
    number: str | None = _by_upper("Số, ký hiệu", Line(), "Của văn bản, nếu có.")
    date_written: str | None = _by_upper(
        "Ngày văn bản", WrittenDate(), "Giữ đúng như đã ghi, kể cả khi ngày thiếu hoặc sai."
    )
    asks: str | None = _by_upper("Yêu cầu xã làm gì", Paragraph())
    due: date | None = _by_upper("Hạn", Date())
    indicator: str | None = _by_upper("Chỉ tiêu", Link("indicator", "chỉ tiêu"))
    agency: str | None = _by_upper("Cơ quan giao", Link("agency", "cơ quan"))
    state: str | None = declared("Xã thực hiện", Choice(TaskState))
    member: str | None = declared("Người được giao", Link("member", "thành viên"))
    result: str | None = declared("Kết quả", Paragraph())
    done_on: date | None = declared("Xong ngày", Date())


class UpperInspection(UpperRow, table=True):
    """A visit written down by the agency that made it, and what the commune mended."""

    __tablename__ = "upper_inspection"
    __table_args__ = STRICT
    subject = "Cấp trên kiểm tra"
    called = "cuộc kiểm tra của cấp trên"
    named_by = ("visited_on", "topic")

    visited_on: date | None = _by_upper("Ngày kiểm tra", Date())
    agency: str | None = _by_upper("Cơ quan", Link("agency", "cơ quan"))
    team: str | None = _by_upper("Đoàn", Line(), "Ai dẫn đầu, ai cùng đi.")
    topic: str | None = _by_upper("Nội dung kiểm tra", Line())
    findings: str | None = _by_upper("Kết luận", Paragraph())
    mend: str | None = _by_upper("Yêu cầu khắc phục", Paragraph())
    mend_by: date | None = _by_upper("Hạn khắc phục", Date())
    indicator: str | None = _by_upper("Chỉ tiêu", Link("indicator", "chỉ tiêu"))
    mended: str | None = declared("Xã đã khắc phục", Paragraph())
    mended_on: date | None = declared("Khắc phục xong ngày", Date())


class Appraisal(UpperRow, table=True):
    """When a commune's dossier is verified and submitted; keyed by title and year."""

    __tablename__ = "appraisal"
    __table_args__ = STRICT
    subject = "Lịch thẩm tra"
    called = "lịch thẩm tra"
    natural_key = ("tier", "year")

    tier: str = key_part()
    year: int = key_part(Whole)
    agency: str | None = _by_upper("Cơ quan chủ trì", Link("agency", "cơ quan"))
    verify_on: date | None = _by_upper("Dự kiến thẩm tra", Date())
    verified_on: date | None = _by_upper("Thẩm tra xong", Date())
    submit_on: date | None = _by_upper("Dự kiến trình", Date())
    submitted_on: date | None = _by_upper("Đã trình ngày", Date())
    note: str | None = _by_upper("Ghi chú", Line())


class UpperTrust(UpperRow, table=True):
    """The upper level's word about a device, as `DeviceTrust` is the commune's."""

    __tablename__ = "upper_trust"
    __table_args__ = STRICT
    subject = "Cấp trên tin cậy các máy"
    called = "tin cậy"
    natural_key = ("device",)

    device: str = key_part()
    trusted: dict[str, Any] | None = _by_upper("Tin cậy", Composite())
    revoked: dict[str, Any] | None = _by_upper("Thu hồi", Composite())


class SharedRow(UpperRow):
    """A row that the upper level publishes to every commune."""

    shared = True


class UpperOffice(SharedRow, table=True):
    """The upper level itself; one row, keyed by the code of its area."""

    __tablename__ = "upper_office"
    __table_args__ = STRICT
    subject = "Thông tin cấp trên"
    called = "cấp trên"
    named_by = ("name",)
    natural_key = ("code",)

    code: str = key_part()
    name: str | None = _by_upper(
        "Tên cấp trên", Line(), "Như “huyện Hữu Lũng”; sau khi bỏ cấp huyện thì ghi tên tỉnh."
    )
    office: str | None = _by_upper("Cơ quan", Line(), "Như “UBND huyện Hữu Lũng”.")
    silent_days: int | None = _by_upper(
        "Nhắc khi chưa gửi gói quá", Count(), "Số ngày; để trống là 10 ngày."
    )


class Agency(SharedRow, table=True):
    """An agency of the upper level, and the criteria it answers for."""

    __tablename__ = "agency"
    __table_args__ = STRICT
    subject = "Cơ quan chuyên môn"
    called = "cơ quan"
    named_by = ("name",)

    name: str | None = _by_upper("Tên cơ quan", Line())
    field: str | None = _by_upper("Lĩnh vực", Line())
    criteria: list[str] | None = _by_upper("Tiêu chí phụ trách", Links("criterion", "tiêu chí"))
    phone: str | None = _by_upper("Điện thoại", Line())
    note: str | None = _by_upper("Ghi chú", Line())
    remarks: str | None = _by_upper(
        "Nhận xét, kiến nghị", Paragraph(), help="In vào báo cáo lĩnh vực; lập lại vẫn còn."
    )


class UpperMember(SharedRow, table=True):
    """A member of the upper level's steering committee, and the communes they answer for."""

    __tablename__ = "upper_member"
    __table_args__ = STRICT
    subject = "Thành viên Ban Chỉ đạo"
    called = "thành viên Ban Chỉ đạo"
    named_by = ("name",)

    name: str | None = _by_upper("Họ tên", Line())
    position: str | None = _by_upper("Chức vụ", Line())
    agency: str | None = _by_upper("Cơ quan", Link("agency", "cơ quan"))
    communes: list[str] | None = _by_upper("Phụ trách xã", Links("commune", "xã"))
    directive: str | None = _by_upper("Văn bản phân công", Line())
    phone: str | None = _by_upper("Điện thoại", Line())


class Guidance(SharedRow, table=True):
    """What an agency tells the communes about a criterion."""

    __tablename__ = "guidance"
    __table_args__ = STRICT
    subject = "Hướng dẫn"
    called = "hướng dẫn"
    natural_key = ("criteria_set", "criterion")

    criteria_set: str = key_part()
    criterion: str = key_part()
    agency: str | None = _by_upper("Cơ quan hướng dẫn", Link("agency", "cơ quan"))
    text: str | None = _by_upper("Hướng dẫn", Paragraph())
    basis: str | None = _by_upper("Theo văn bản", Line())


class PublishedSet(SharedRow, table=True):
    """A criteria set that the upper level publishes, as the text of its file."""

    __tablename__ = "published_set"
    __table_args__ = STRICT
    subject = "Bộ tiêu chí công bố"
    called = "bộ tiêu chí"
    natural_key = ("set_id",)

    set_id: str = key_part()
    content: str | None = _by_upper("Nội dung tệp", Paragraph())
