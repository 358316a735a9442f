"""What a person is told about a workbook that cannot be read. Nothing was changed, ever."""

from db.problems import Problem

UNCHANGED = "Chưa có gì thay đổi."


class WorkbookProblem(Problem):
    """A workbook cannot be read; `code` names the reason for scripts."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = f"workbook_{code}"


class Stopped(WorkbookProblem):
    """A person stopped the work."""

    def __init__(self) -> None:
        super().__init__("stopped", f"Đã dừng theo yêu cầu. {UNCHANGED}")


class UnknownTable(WorkbookProblem):
    """No table of a workbook is one that the program knows."""


def locked(name: str) -> WorkbookProblem:
    """Another program holds the file."""
    return WorkbookProblem(
        "locked",
        f"Không mở được “{name}”: Excel hoặc chương trình khác đang giữ tệp. {UNCHANGED} "
        "Hãy đóng tệp trong Excel rồi làm lại.",
    )


def owner_file(name: str) -> WorkbookProblem:
    """What Excel lays beside a file while it is open."""
    return WorkbookProblem(
        "owner_file",
        f"“{name}” là tệp tạm của Excel, không có số liệu. {UNCHANGED} "
        f"Hãy chọn tệp cùng tên không có ~$ ở đầu: “{name.removeprefix('~$')}”.",
    )


def missing(name: str) -> WorkbookProblem:
    """There is no such file."""
    return WorkbookProblem(
        "missing", f"Không thấy tệp “{name}”. {UNCHANGED} Hãy kiểm tra lại đường dẫn và tên tệp."
    )


def with_password(name: str) -> WorkbookProblem:
    """It is encrypted."""
    return WorkbookProblem(
        "password",
        f"“{name}” có mật khẩu nên không đọc được. {UNCHANGED} Hãy mở bằng Excel, chọn Tệp "
        "(File) → Thông tin (Info) → Bảo vệ sổ làm việc (Protect Workbook) → Mã hóa bằng mật khẩu "
        "(Encrypt with Password), xóa mật khẩu, lưu lại rồi làm lại.",
    )


def old_form(name: str, kind: str) -> WorkbookProblem:
    """It is a workbook of another form than .xlsx."""
    return WorkbookProblem(
        "old_form",
        f"“{name}” là {kind}; chương trình chỉ đọc tệp .xlsx. {UNCHANGED} Hãy mở tệp bằng Excel "
        "hoặc LibreOffice, chọn Tệp (File) → Lưu thành (Save As), chọn kiểu “Excel Workbook "
        "(*.xlsx)”, lưu rồi chọn tệp mới.",
    )


def foreign(name: str, kind: str) -> WorkbookProblem:
    """It is no workbook at all."""
    return WorkbookProblem(
        "foreign", f"“{name}” là {kind}, không phải sổ Excel. {UNCHANGED} Hãy chọn tệp .xlsx."
    )


def damaged(name: str, where: str = "") -> WorkbookProblem:
    """Its bytes cannot be what a workbook is."""
    place = f" (chỗ hỏng: {where})" if where else ""
    return WorkbookProblem(
        "damaged",
        f"“{name}” bị hỏng, không đọc được{place}. {UNCHANGED} Hãy mở tệp bằng Excel, để Excel sửa "
        "rồi lưu thành tệp .xlsx mới; hoặc chép lại tệp từ nơi gửi.",
    )


def too_big(name: str, what: str) -> WorkbookProblem:
    """It holds more than any commune's workbook."""
    return WorkbookProblem(
        "too_big",
        f"“{name}” lớn quá mức đọc được: {what}. {UNCHANGED} Hãy chép riêng bảng cần đưa vào sang "
        "một tệp mới, lưu thành .xlsx rồi chọn tệp đó.",
    )


def no_such_sheet(name: str, sheet: str, known: str) -> WorkbookProblem:
    """The workbook has no sheet of that name."""
    return WorkbookProblem(
        "sheet", f"“{name}” không có trang “{sheet}”. {UNCHANGED} Các trang của tệp: {known}."
    )


def another_layout(name: str, looked: str) -> UnknownTable:
    """No table in it is one that the program knows."""
    return UnknownTable(
        "layout",
        f"Không nhận ra bảng nào trong “{name}” ({looked}). {UNCHANGED} Bảng cần có dòng tiêu đề, "
        "và một cột số hoặc tên chỉ tiêu, hoặc tên thôn, hoặc các cột của một sổ (công trình, vốn, "
        "vướng mắc …). Có thể chỉ rõ từng cột bằng tệp cách đọc (--map).",
    )
