"""The one tree of errors that people are told about, in their own words.

Each says what happened, what is safe, and what to do next.
"""

import errno

_SYSTEM_WORDS = {
    errno.EACCES: "không có quyền đọc hoặc ghi",
    errno.EPERM: "không có quyền đọc hoặc ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.ENOENT: "không tìm thấy thư mục hoặc tệp",
    errno.ENOTDIR: "trong đường dẫn có chỗ không phải là thư mục",
    errno.EISDIR: "là thư mục, không phải tệp",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EEXIST: "đã có tệp cùng tên ở đó",
    errno.EFBIG: "tệp lớn hơn mức ổ đĩa này chứa được (USB kiểu FAT32: 4 GB)",
    errno.EIO: "ổ đĩa không đọc ghi được",
    errno.ENODEV: "ổ đĩa không còn ở đó",
    errno.ENXIO: "ổ đĩa không còn ở đó",
}
_HELD_BY_ANOTHER_PROGRAM = {32, 33}
"""Windows error numbers: sharing violation, lock violation."""


class Problem(Exception):
    """Something that a person must be told; `code` names it for scripts."""

    code = "problem"


class StoreMissing(Problem):
    """There is no store in this home yet."""

    code = "store_missing"


class StoreDamaged(Problem):
    """The store could not be read; it was moved aside."""

    code = "store_damaged"


class StoreTooNew(Problem):
    """A newer program wrote this store."""

    code = "store_too_new"


class StoreBusy(Problem):
    """Another process holds the store."""

    code = "store_busy"


class DiskRefused(Problem):
    """The disk is no safe place for a store."""

    code = "disk_refused"


class DiskFailed(Problem):
    """The disk is full, read-only, or was pulled out."""

    code = "disk_failed"


class Refused(Problem):
    """The program will not do this, for the reason given."""

    code = "refused"


class NotFound(Problem):
    """What was asked for is not there."""

    code = "not_found"


def system_words(error: Exception) -> str:
    """Say in Vietnamese what the system complained of about a file or a disk."""
    if getattr(error, "winerror", None) in _HELD_BY_ANOTHER_PROGRAM:
        return "chương trình khác đang mở tệp"
    number = getattr(error, "errno", None)
    if number is None:  # SQLite names no number
        full = "full" in str(error).lower()
        return "ổ đĩa đã đầy" if full else "ổ đĩa không đọc ghi được"
    return _SYSTEM_WORDS.get(number, f"mã lỗi {number}")
