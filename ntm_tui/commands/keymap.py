"""The one key map of the program.

Keys are digits, Space, Enter, Escape, Delete, function keys, Shift with F1 (lessons stand beside
help), and Ctrl with a letter: never a bare letter, which Unikey rewrites, and never Ctrl with
H I J M [ C V, which are other keys to a terminal or belong to copying. What is seldom done has no
key.
"""

from __future__ import annotations

from db.owner import Owner
from ntm_tui.commands.command import Command


class ShowHelp(Command):
    """Explain the part of the screen in use."""

    text = "Trợ giúp"
    key = "f1"
    tooltip = "Giải thích chỗ đang làm và các phím dùng được ở đó."
    footer = True


class GoWeek(Command):
    """Go to the work area of the week."""

    text = "Tuần này"
    key = "f2"
    tooltip = "Việc đến hạn, quá hạn và kết quả chung của xã."
    area = True
    level = Owner.COMMUNE


class GoOverview(Command):
    """Go to the communes side by side."""

    text = "Các xã"
    key = "f2"
    tooltip = "Máy cấp trên: các xã và các tiêu chí bên nhau, việc cần làm, giải ngân, thẩm tra."
    area = True
    level = Owner.UPPER


class GoChecklist(Command):
    """Go to the checklist."""

    text = "Tiêu chí"
    key = "f3"
    tooltip = "Bảng tiêu chí: tự đánh giá từng chỉ tiêu."
    area = True


class GoVillages(Command):
    """Go to the grid of villages."""

    text = "Thôn"
    key = "f4"
    tooltip = "Số liệu từng thôn cho các chỉ tiêu do người dân làm; xã được cộng từ thôn."
    area = True
    level = Owner.COMMUNE


class GoAgencies(Command):
    """Go to the registers of the agencies."""

    text = "Cơ quan"
    key = "f4"
    tooltip = "Máy cấp trên: cơ quan chuyên môn, thành viên Ban Chỉ đạo, hướng dẫn cho các xã."
    area = True
    level = Owner.UPPER


class GoWork(Command):
    """Go to the registers of the work."""

    text = "Sổ việc"
    key = "f5"
    tooltip = "Công việc, vướng mắc, kiểm tra, văn bản, mô hình, phong trào, con người."
    area = True


class GoCapital(Command):
    """Go to the registers of works and money."""

    text = "Vốn"
    key = "f6"
    tooltip = "Công trình, vốn và giải ngân, huy động sức dân."
    area = True


class GoReports(Command):
    """Go to the plan, the reports and the dossier."""

    text = "Báo cáo"
    key = "f7"
    tooltip = "Kế hoạch năm, lịch báo cáo, hồ sơ công nhận."
    area = True


class GoSync(Command):
    """Go to the bundles."""

    text = "Đồng bộ"
    key = "f8"
    tooltip = "Xuất gói gửi đi và nhận gói gửi đến."
    area = True


class GoThresholds(Command):
    """Go to threshold confirmation."""

    text = "Đối chiếu"
    key = "f9"
    tooltip = "So từng mức đạt trong máy với văn bản giấy."
    area = True


class SetMet(Command):
    """Mark the indicator as met."""

    text = "Đạt"
    key = "1"
    tooltip = "Đánh giá chỉ tiêu là đạt rồi sang chỉ tiêu sau."
    footer = True


class SetNotMet(Command):
    """Mark the indicator as not met."""

    text = "Chưa đạt"
    key = "2"
    tooltip = "Đánh giá chỉ tiêu là chưa đạt rồi sang chỉ tiêu sau."
    footer = True


class SetInProgress(Command):
    """Mark the indicator as in progress."""

    text = "Đang làm"
    key = "3"
    tooltip = "Đánh giá chỉ tiêu là đang thực hiện rồi sang chỉ tiêu sau."
    footer = True


class SetNotApplicable(Command):
    """Mark the indicator as not applicable."""

    text = "Không áp dụng"
    key = "4"
    tooltip = "Chỉ tiêu không áp dụng cho xã; lý do ghi sau cũng được."
    footer = True


class ClearStatus(Command):
    """Take the assessment back."""

    text = "Bỏ đánh giá"
    key = "0"
    tooltip = "Đưa chỉ tiêu về chưa đánh giá."
    footer = True


class ConfirmThreshold(Command):
    """Confirm a threshold as it stands on paper."""

    text = "Đúng như giấy"
    key = "space"
    tooltip = "Xác nhận mức đạt đang xem đúng như văn bản."
    footer = True


class Unconfirm(Command):
    """Take the confirmation of a threshold back."""

    text = "Bỏ đối chiếu"
    key = "delete"
    tooltip = "Bỏ xác nhận mức đạt đang xem; phím 0 cũng được."
    footer = True


class Edit(Command):
    """Open what the cursor is on for writing."""

    text = "Sửa"
    key = "enter"
    tooltip = "Mở mục đang chọn để nhập số liệu, ghi chú."
    footer = True


class AddRow(Command):
    """Add a row to the register in front."""

    text = "Thêm"
    key = "ctrl+n"
    tooltip = "Thêm một dòng vào sổ đang mở."
    footer = True


class ChooseByVillage(Command):
    """Choose which indicators are kept by village."""

    text = "Ghi theo thôn"
    key = "ctrl+b"
    tooltip = "Chọn chỉ tiêu nào ghi theo từng thôn, chỉ tiêu nào ghi chung cả xã."
    footer = True
    level = Owner.COMMUNE


class Undo(Command):
    """Undo the last action."""

    text = "Hoàn tác"
    key = "ctrl+z"
    tooltip = "Bỏ thay đổi vừa làm, kể cả sau khi mở lại chương trình."
    footer = True


class Redo(Command):
    """Do again what was undone."""

    text = "Làm lại"
    key = "ctrl+y"
    tooltip = "Lấy lại thay đổi vừa hoàn tác."


class Find(Command):
    """Go to the search field."""

    text = "Tìm"
    key = "ctrl+f"
    tooltip = "Tìm theo chữ, gõ không dấu cũng được."
    footer = True


class Filter(Command):
    """Choose which rows are shown."""

    text = "Lọc"
    key = "ctrl+l"
    tooltip = "Chọn loại chỉ tiêu cần xem."


class ShowHistory(Command):
    """Show who wrote what, and when."""

    text = "Lịch sử"
    key = "ctrl+r"
    tooltip = "Ai đã ghi gì, lúc nào, ở mục đang chọn."


class ShowEvidence(Command):
    """Show the evidence of the indicator."""

    text = "Minh chứng"
    key = "ctrl+t"
    tooltip = "Các tài liệu kiểm chứng của chỉ tiêu và những loại còn thiếu."


class AttachFile(Command):
    """Attach a file as evidence."""

    text = "Đính tệp"
    key = "ctrl+g"
    tooltip = "Thêm một tệp làm minh chứng; máy giữ bản sao."


class OpenFile(Command):
    """Open a file with the program that belongs to it."""

    text = "Mở tệp"
    key = "ctrl+o"
    tooltip = "Mở tệp đang chọn bằng chương trình của máy."


class WriteReceipt(Command):
    """Write a receipt as a file of its own."""

    text = "Ghi biên nhận"
    key = "ctrl+e"
    tooltip = "Ghi ra USB một tệp nhỏ xác nhận máy này đã nhận được những gì, để mang về nơi gửi."


class MakePaper(Command):
    """Make the paper of what is in front: a report, minutes, a form, a handover sheet."""

    text = "Lập giấy tờ"
    key = "ctrl+w"
    tooltip = "Lập báo cáo, biên bản, phiếu của mục đang chọn rồi mở ra để xem và in."


class ListPapers(Command):
    """Choose any paper, and make it."""

    text = "Mọi giấy tờ"
    key = "ctrl+a"
    tooltip = "Chọn một giấy tờ trong danh sách, lập ra tệp Word hoặc Excel rồi mở."


class ShowProgress(Command):
    """Draw the progress over the last weeks."""

    text = "Tiến độ"
    key = "f10"
    tooltip = "Vẽ số tiêu chí, chỉ tiêu đạt theo từng tuần."
    footer = True


class SortRows(Command):
    """Choose by which column the rows stand in order."""

    text = "Sắp xếp"
    key = "ctrl+x"
    tooltip = "Xếp các dòng theo thứ tự khác: theo một cột, hoặc quan trọng, ngày, chỗ."


class TakeOwn(Command):
    """Settle a conflict with what this machine wrote."""

    text = "Lấy máy này"
    key = "ctrl+d"
    tooltip = "Chốt ô trái nhau bằng giá trị máy này đã ghi (D: đây)."
    footer = True


class TakeOther(Command):
    """Settle a conflict with what the other machine wrote."""

    text = "Lấy máy kia"
    key = "ctrl+k"
    tooltip = "Chốt ô trái nhau bằng giá trị máy kia đã ghi (K: kia)."
    footer = True


class TryAgain(Command):
    """Let what was kept apart count, as far as it may now."""

    text = "Thử lại"
    key = "ctrl+u"
    tooltip = "Xét lại mọi phần để riêng: phần nào nay hợp lệ thì được tính."
    footer = True


class ChooseColumns(Command):
    """Choose the columns of the register."""

    text = "Chọn cột"
    tooltip = "Chọn những cột nào của sổ được hiện trên máy này."


class EditCommune(Command):
    """Change the commune's profile."""

    text = "Hồ sơ xã"
    tooltip = "Danh hiệu phấn đấu và đang giữ, hạn về đích, nơi nhận gói, bộ tiêu chí."
    level = Owner.COMMUNE


class IssueToCommunes(Command):
    """Send the row in front to other communes too."""

    text = "Giao nhiều xã"
    key = "ctrl+b"
    tooltip = "Giao việc, văn bản đang chọn cho cả các xã khác."
    footer = True
    level = Owner.UPPER


class SwitchSet(Command):
    """Look at another criteria set of the commune."""

    text = "Xem bộ khác"
    tooltip = "Xã giữ một danh hiệu và phấn đấu danh hiệu cao hơn: chuyển giữa hai bộ tiêu chí."


class SwitchOfficer(Command):
    """Let another officer work."""

    text = "Đổi cán bộ"
    tooltip = "Người khác ngồi vào máy: việc làm từ đây ghi theo tên người đó."


class ImportWorkbook(Command):
    """Take an old workbook of the commune over."""

    text = "Nhập sổ Excel"
    tooltip = "Đọc sổ Excel cũ của xã, xem từng thay đổi rồi mới ghi, không phải gõ lại."


class ArrangeSheets(Command):
    """Say how the sheets of workbooks look."""

    text = "Mẫu bảng Excel"
    tooltip = "Đổi tiêu đề, tên cột, thứ tự cột của các bảng Excel mà chương trình lập."


class ShowBackups(Command):
    """Show the copies of the store, to go back to one."""

    text = "Bản sao lưu"
    tooltip = "Xem các bản sao lưu và dùng lại một bản."


class ShowLessons(Command):
    """Choose a lesson, in the practice commune."""

    text = "Bài học"
    key = "shift+f1"
    tooltip = "Xã thực hành: năm bài ngắn, làm đến đâu máy chỉ đến đó."
    level = Owner.COMMUNE


class SwitchTheme(Command):
    """Go on to the next theme."""

    text = "Đổi màu"
    key = "f12"
    tooltip = "Lần lượt nền sáng, nền tối, tương phản cao."


class CommandPalette(Command):
    """Open the list of all commands."""

    text = "Bảng lệnh"
    key = "ctrl+p"
    tooltip = "Tìm mọi lệnh theo tên, gõ không dấu cũng được."
    priority = True


class SayAllSaved(Command):
    """Answer the habit of pressing Ctrl+S."""

    text = "Đã lưu chưa?"
    key = "ctrl+s"
    tooltip = "Mọi thứ được lưu ngay khi nhập; phím này chỉ để yên tâm."


class Quit(Command):
    """Leave the program."""

    text = "Thoát"
    key = "ctrl+q"
    tooltip = "Thoát chương trình; mọi thứ đã được lưu."
    priority = True


class GoBack(Command):
    """Close the dialog, or go back to where one came from."""

    text = "Quay lại"
    key = "escape"
    tooltip = "Đóng hộp đang mở hoặc quay lại chỗ trước."


KEYMAP: tuple[type[Command], ...] = (
    *(GoWeek, GoOverview, GoChecklist, GoVillages, GoAgencies),
    *(GoWork, GoCapital, GoReports, GoSync, GoThresholds),
    *(SetMet, SetNotMet, SetInProgress, SetNotApplicable, ClearStatus),
    *(ConfirmThreshold, Unconfirm, AddRow, ChooseByVillage, Edit, Undo, Redo, Find, Filter),
    *(ShowHistory, ShowEvidence, AttachFile, OpenFile, WriteReceipt, MakePaper, ListPapers),
    ShowProgress,
    *(SortRows, ChooseColumns, IssueToCommunes, TakeOwn, TakeOther, TryAgain),
    *(EditCommune, SwitchSet, SwitchOfficer, ImportWorkbook, ArrangeSheets, ShowBackups),
    *(ShowLessons, SwitchTheme, SayAllSaved, GoBack, CommandPalette, ShowHelp, Quit),
)
"""Every command, in the order in which the footer, the palette and the help list them."""

COMMANDS = {command.action(): command for command in KEYMAP}
"""The commands by their action."""


def areas_of(owner: Owner) -> tuple[type[Command], ...]:
    """Give the commands that go to a work area of an office, in the order of their keys."""
    return tuple(command for command in KEYMAP if command.area and command.given_by(owner))


def as_table() -> str:
    """The key map as a Markdown table, for the documentation."""
    rows = [f"| {it.key_label()} | {it.text} | {it.tooltip} |" for it in KEYMAP]
    return "\n".join(["| Phím | Lệnh | Việc |", "|---|---|---|", *rows])
