"""The templates of minutes."""

from __future__ import annotations

from docx.document import Document

from ntm_tui.papers.word.layout import CENTRE, Column, Draft

_CONCLUDED = (
    Column("TT", "tt", 11, CENTRE),
    Column("Việc phải làm", "viec", 75),
    Column("Người làm", "nguoi", 38),
    Column("Hạn", "han", 25, CENTRE),
    Column("Tình trạng", "tinh_trang", 25),
)


def briefing() -> Document:
    """The minutes of a briefing."""
    draft = _begun()
    draft.heading("I. TÌNH HÌNH TỪ KỲ GIAO BAN TRƯỚC")
    draft.text("{{tieu_chi}}", "{{chua_dat}}", "{{cong_viec}}", "{{cong_trinh}}")
    draft.heading("II. KHÓ KHĂN, VƯỚNG MẮC")
    draft.text("{{vuong_mac}}")
    draft.heading("III. DIỄN BIẾN, Ý KIẾN")
    draft.text("{{dien_bien}}")
    draft.heading("IV. KẾT LUẬN")
    draft.table("ket_luan", _CONCLUDED)
    draft.closing()
    draft.signed_by(("THƯ KÝ", ""), ("CHỦ TỌA", "{{chu_toa}}"))
    return draft.document


def recognition() -> Document:
    """The minutes of the meeting that asks for recognition."""
    draft = _begun()
    draft.heading("I. NỘI DUNG")
    draft.text("{{can_cu}}", "{{tieu_chi}}", "{{chua_dat}}")
    draft.heading("II. Ý KIẾN THAM GIA")
    draft.text("{{loi_cua_xa}}")
    draft.heading("III. KẾT QUẢ BIỂU QUYẾT")
    draft.text("{{bieu_quyet}}")
    draft.heading("IV. KẾT LUẬN")
    draft.text("{{ket_luan}}")
    draft.closing()
    draft.signed_by(("THƯ KÝ", ""), ("CHỦ TỌA", ""))
    return draft.document


def _begun() -> Draft:
    """When and where a meeting was, and who was there."""
    draft = Draft()
    draft.head(day="")
    draft.title()
    draft.text(
        "Thời gian bắt đầu: ….. giờ ….., {{ngay_hop}}.",
        "Địa điểm: {{dia_diem}}.",
        "Thành phần tham dự: {{thanh_phan}}.",
        "Chủ trì (chủ tọa): {{chu_toa}}.",
        "Thư ký (người ghi biên bản): {{thu_ky}}.",
    )
    return draft
