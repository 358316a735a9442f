"""Why something was not done, in plain words."""

import errno

_SYSTEM_WORDS = {
    errno.EACCES: "không có quyền đọc hoặc ghi, hay chương trình khác đang giữ tệp",
    errno.EPERM: "không có quyền đọc hoặc ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.ENOENT: "không tìm thấy thư mục hoặc tệp",
    errno.ENOTDIR: "trong đường dẫn có chỗ không phải là thư mục",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EIO: "ổ đĩa không đọc ghi được",
}
_BLOCKED = {225, 1260}
"""Windows error numbers: a virus was found, blocked by policy."""


class Refused(Exception):
    """Says what happened, what is safe, and what to do next."""


def system_words(error: OSError) -> str:
    """Say in Vietnamese what the system complained of."""
    if getattr(error, "winerror", None) in _BLOCKED:
        return "chương trình diệt virus hoặc chính sách của máy đã chặn"
    return _SYSTEM_WORDS.get(error.errno or 0, f"mã lỗi {error.errno}")
