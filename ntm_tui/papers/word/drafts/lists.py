"""The templates of lists and forms."""

from __future__ import annotations

from docx.document import Document

from ntm_tui.papers.word.layout import CENTRE, Column, Draft

_DUTIES = (
    Column("TT", "tt", 11, CENTRE),
    Column("Nội dung phụ trách", "noi_dung", 60),
    Column("Người chịu trách nhiệm", "nguoi", 38),
    Column("Người phối hợp", "phoi_hop", 36),
    Column("Ghi chú", "ghi_chu", 25),
)
_MEMBERS = (
    Column("TT", "tt", 11, CENTRE),
    Column("Họ tên", "ten", 38),
    Column("Thuộc", "thuoc", 34),
    Column("Chức danh", "chuc_danh", 28),
    Column("Chức vụ, đơn vị", "chuc_vu", 34),
    Column("Nhiệm vụ", "nhiem_vu", 30),
)
_EVIDENCE = (
    Column("TT", "tt", 13, CENTRE),
    Column("Tên tài liệu", "ten", 95),
    Column("Số, ký hiệu", "so", 32),
    Column("Ngày văn bản", "ngay", 30, CENTRE),
    Column("Cơ quan ban hành", "co_quan", 45),
    Column("Tệp", "tep", 37),
)
_VILLAGE = (
    Column("TT", "tt", 15, CENTRE),
    Column("Chỉ tiêu", "ten", 71),
    Column("Yêu cầu", "yeu_cau", 21),
    Column("Ghi thế nào", "cach_ghi", 27),
    Column("Đã có", "da_co", 23),
    Column("Số liệu mới", "", 33),
)


def responsibilities() -> Document:
    """Who answers for which criterion and village, and who the members are."""
    draft = Draft()
    draft.head()
    draft.title()
    draft.text("{{mo_dau}}")
    draft.heading("I. PHÂN CÔNG PHỤ TRÁCH TIÊU CHÍ")
    draft.table("bang_tieu_chi", _DUTIES)
    draft.heading("II. PHÂN CÔNG PHỤ TRÁCH THÔN")
    draft.table("bang_thon", _DUTIES)
    draft.heading("III. THÀNH VIÊN CÁC BAN")
    draft.table("bang_thanh_vien", _MEMBERS)
    draft.closing()
    draft.ending()
    return draft.document


def evidence() -> Document:
    """The index of evidence."""
    draft = Draft(lying=True)
    draft.head()
    draft.title()
    draft.text("{{mo_dau}}")
    draft.table("bang_minh_chung", _EVIDENCE)
    draft.ending()
    return draft.document


def village() -> Document:
    """The form that a head of village fills in by hand."""
    draft = Draft()
    draft.head(numbered=False)
    draft.title()
    draft.text(
        "{{ten_thon}}. Trưởng thôn: {{truong_thon}}.",
        "Số hộ: {{so_ho}}, số khẩu: {{so_khau}}; nay: ….. hộ, ….. khẩu. Ngày: ….. / ….. / …….",
    )
    draft.table("bang_chi_tieu", _VILLAGE, size=11)
    draft.closing("{{huong_dan}}")
    draft.signed_by(("TRƯỞNG THÔN", ""), ("NGƯỜI NHẬN PHIẾU", ""), room=2)
    return draft.document
