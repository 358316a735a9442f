"""The templates of the papers for recognition."""

from __future__ import annotations

from docx.document import Document

from ntm_tui.papers.word.layout import CENTRE, Column, Draft

RESULTS = (
    Column("TT", "tt", 12, CENTRE),
    Column("Tên tiêu chí", "ten", 32),
    Column("Nội dung tiêu chí", "noi_dung", 76),
    Column("Yêu cầu đạt chuẩn", "yeu_cau", 36),
    Column("Kết quả thực hiện", "ket_qua", 38),
    Column("Xã tự đánh giá", "danh_gia", 25, CENTRE),
    Column("Ghi chú", "ghi_chu", 33),
)
_PAPERS = (
    Column("TT", "tt", 11, CENTRE),
    Column("Giấy tờ", "ten", 90),
    Column("Số, ký hiệu", "so", 34),
    Column("Ngày", "ngay", 30, CENTRE),
)


def application() -> Document:
    """The paper that asks for recognition."""
    draft = Draft()
    draft.head()
    draft.title()
    draft.addressee()
    draft.text("{{can_cu}}", "{{mo_dau}}")
    draft.heading("1. Kết quả thực hiện")
    draft.text("{{tieu_chi}}", "{{chua_dat}}")
    draft.heading("2. Việc lấy ý kiến và biểu quyết")
    draft.text("{{bieu_quyet}}")
    draft.heading("3. Hồ sơ kèm theo")
    draft.table("bang_ho_so", _PAPERS)
    draft.text("{{loi_cua_xa}}")
    draft.closing()
    draft.ending()
    return draft.document


def results() -> Document:
    """The report on the results, with the table of each indicator."""
    draft = Draft()
    draft.head()
    draft.title()
    draft.addressee()
    draft.text("{{can_cu}}", "{{mo_dau}}")
    draft.heading("I. ĐẶC ĐIỂM TÌNH HÌNH")
    draft.text("{{dac_diem}}")
    draft.heading("II. KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ")
    draft.text("{{tieu_chi}}", "{{tung_tieu_chi}}")
    draft.heading("III. NGUỒN LỰC VÀ CÔNG TRÌNH")
    draft.text("{{von}}", "{{huy_dong}}", "{{cong_trinh}}")
    draft.heading("IV. TỒN TẠI, HẠN CHẾ")
    draft.text("{{chua_dat}}", "{{vuong_mac}}")
    draft.heading("V. ĐÁNH GIÁ CHUNG VÀ KẾ HOẠCH GIỮ VỮNG, NÂNG CAO")
    draft.text("{{loi_cua_xa}}")
    draft.closing()
    draft.ending()
    draft.annex("Phụ lục", "BIỂU CHI TIẾT KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ")
    draft.table("bieu_ket_qua", RESULTS, size=11)
    return draft.document


def opinions() -> Document:
    """The report on the opinions of the people."""
    draft = Draft()
    draft.head()
    draft.title()
    draft.addressee()
    draft.text("{{can_cu}}", "{{mo_dau}}")
    draft.heading("I. CÔNG KHAI KẾT QUẢ VÀ LẤY Ý KIẾN")
    draft.text("{{cong_khai}}")
    draft.heading("II. KẾT QUẢ TỔNG HỢP")
    draft.text("{{bieu_quyet}}")
    draft.heading("III. Ý KIẾN THAM GIA VÀ TIẾP THU, GIẢI TRÌNH")
    draft.text("{{loi_cua_xa}}")
    draft.closing()
    draft.ending()
    return draft.document
