"""What SQLite and the system say about the disk, in words that people understand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from db.home import Home
from db.problems import DiskFailed, system_words


@contextmanager
def disk_errors() -> Iterator[None]:
    """Say in plain words what is wrong with the disk while the store is written."""
    try:
        yield
    except DatabaseError as error:
        if (problem := disk_problem(error)) is not None:
            raise problem from error
        raise


@contextmanager
def reading_errors(home: Home) -> Iterator[None]:
    """Say in plain words that a part of the store cannot be read, and what can be done."""
    try:
        yield
    except DatabaseError as error:
        said = str(error.orig).lower()
        if "malformed" in said or "not a database" in said or "corrupt" in said:
            from db import backups

            raise backups.unreadable_problem(home) from error
        if (problem := disk_problem(error)) is not None:
            raise problem from error
        raise


def disk_problem(error: DatabaseError) -> DiskFailed | None:
    """Put SQLite's complaint about the disk into plain words, or give None for another."""
    said = str(error.orig).lower()
    safe = "Việc vừa làm chưa được ghi; mọi thứ trước đó còn nguyên. "
    if "disk is full" in said:
        return DiskFailed(f"Ổ đĩa đã đầy. {safe}Hãy xóa bớt tệp khác rồi làm lại.")
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return DiskFailed(
            f"Thư mục dữ liệu không cho ghi. {safe}Hãy kiểm tra quyền ghi rồi làm lại."
        )
    if "disk i/o" in said or "locked" in said:
        return DiskFailed(f"Ổ đĩa không ghi được lúc này. {safe}Hãy kiểm tra ổ đĩa rồi làm lại.")
    return None


def cannot_create(folder: Path, error: Exception) -> DiskFailed:
    """Say that no store could be made in a folder."""
    return DiskFailed(
        f"Không tạo được kho dữ liệu trong {folder} ({system_words(error)}). "
        "Chưa có gì thay đổi. Hãy kiểm tra quyền ghi và chỗ trống của ổ đĩa, "
        "hoặc chọn thư mục khác bằng --home."
    )


def cannot_migrate(error: Exception) -> DiskFailed:
    """Say that a store could not be brought to this program's form."""
    return DiskFailed(
        f"Chưa nâng cấp được kho dữ liệu ({system_words(error)}). Kho cũ còn nguyên. "
        "Hãy kiểm tra quyền ghi và chỗ trống của ổ đĩa rồi mở lại."
    )
