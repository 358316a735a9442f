"""Documents that prove a finding."""

from db.columns import Text, Whole
from db.models.base import STRICT, Replicated, declared


class Evidence(Replicated, table=True):
    """One document for one indicator and year; the file itself is found by its SHA-256."""

    __tablename__ = "evidence"
    __table_args__ = STRICT

    criteria_set: str | None = declared("Bộ tiêu chí", Text)
    indicator: str | None = declared("Chỉ tiêu", Text)
    year: int | None = declared("Năm", Whole)
    kind: str | None = declared("Loại minh chứng", Text)
    title: str | None = declared("Trích yếu", Text)
    number: str | None = declared("Số, ký hiệu", Text)
    date_written: str | None = declared(
        "Ngày văn bản", Text, help="Giữ đúng như đã ghi, kể cả khi ngày thiếu hoặc sai."
    )
    issuer: str | None = declared("Cơ quan ban hành", Text)
    sha256: str | None = declared("Mã tệp", Text)
    file_name: str | None = declared("Tên tệp", Text)
    size: int | None = declared("Dung lượng", Whole, unit="byte")
