"""The template of the upper level's report about one field."""

from __future__ import annotations

from docx.document import Document

from ntm_tui.papers.word.layout import CENTRE, Column, Draft

_COMMUNES = (
    Column("TT", "tt", 11, CENTRE),
    Column("Xã", "xa", 34),
    Column("Đạt kỳ trước", "truoc", 22, CENTRE),
    Column("Đạt hiện nay", "nay", 22, CENTRE),
    Column("Tiêu chí chưa đạt", "chua_dat", 34),
    Column("Thẩm tra khác xã tự đánh giá", "khac", 42),
)


def field() -> Document:
    """The report of an agency to the steering committee."""
    draft = Draft()
    draft.head()
    draft.title()
    draft.addressee()
    draft.text("{{mo_dau}}")
    draft.heading("I. KẾT QUẢ CÁC TIÊU CHÍ PHỤ TRÁCH")
    draft.text("{{tong_hop}}")
    draft.table("bang_xa", _COMMUNES)
    draft.heading("II. VƯỚNG MẮC CỦA CÁC XÃ CHỜ TRẢ LỜI")
    draft.text("{{vuong_mac}}")
    draft.heading("III. VIỆC ĐÃ GIAO, CẦN ĐÔN ĐỐC")
    draft.text("{{don_doc}}")
    draft.heading("IV. NHẬN XÉT, KIẾN NGHỊ")
    draft.text("{{nhan_xet}}")
    draft.closing()
    draft.ending()
    return draft.document
