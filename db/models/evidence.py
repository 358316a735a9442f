"""Documents that prove a finding."""

from db.kinds import Count, Line, WrittenDate, Year
from db.models.base import STRICT, Replicated, declared


class Evidence(Replicated, table=True):
    """One document for one indicator and year; the file itself is found by its SHA-256."""

    __tablename__ = "evidence"
    __table_args__ = STRICT
    subject = "Minh chứng"
    called = "minh chứng"
    named_by = ("title",)

    criteria_set: str | None = declared("Bộ tiêu chí", Line())
    indicator: str | None = declared("Chỉ tiêu", Line())
    year: int | None = declared("Năm", Year())
    about: str | None = declared(
        "Thuộc về", Line(), help="Mục trong sổ mà tài liệu chứng minh, khi không phải chỉ tiêu."
    )
    kind: str | None = declared("Loại minh chứng", Line())
    title: str | None = declared("Trích yếu", Line())
    number: str | None = declared("Số, ký hiệu", Line())
    date_written: str | None = declared(
        "Ngày văn bản", WrittenDate(), help="Giữ đúng như đã ghi, kể cả khi ngày thiếu hoặc sai."
    )
    issuer: str | None = declared("Cơ quan ban hành", Line())
    sha256: str | None = declared("Mã tệp", Line())
    file_name: str | None = declared("Tên tệp", Line())
    size: int | None = declared("Dung lượng", Count(), unit="byte")
