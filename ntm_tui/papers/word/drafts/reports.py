"""The templates of the regular reports."""

from __future__ import annotations

from docx.document import Document

from ntm_tui.papers.word.layout import CENTRE, RIGHT_ALIGNED, Column, Draft

_WEEK = (
    Column("Chỉ tiêu giao", "chi_tieu", 55),
    Column("Kết quả", "ket_qua", 55),
    Column("Kế hoạch tuần tới", "ke_hoach", 55),
)
_CRITERIA = (
    Column("TT", "tt", 11, CENTRE),
    Column("Tiêu chí", "ten", 50),
    Column("{{ky_truoc}}", "truoc", 24),
    Column("{{ky_nay}}", "nay", 24),
    Column("Chỉ tiêu chưa đạt", "chua_dat", 31),
    Column("Kế hoạch đạt", "ke_hoach", 27, CENTRE),
)
_HALF_YEAR = (
    Column("TT", "tt", 13, CENTRE),
    Column("Nội dung", "noi_dung", 66),
    Column("ĐVT", "dvt", 16, CENTRE),
    Column("KQ đến {{cuoi_nam_truoc}} > Kết quả", "truoc_kq", 24),
    Column("KQ đến {{cuoi_nam_truoc}} > Đánh giá", "truoc_dg", 19, CENTRE),
    Column("TH {{ky}} > Kết quả", "ky_kq", 26),
    Column("TH {{ky}} > Đánh giá", "ky_dg", 19, CENTRE),
    Column("KH {{ky_sau}} > Kết quả", "kh_kq", 22),
    Column("KH {{ky_sau}} > Đánh giá", "kh_dg", 25, CENTRE),
    Column("Ghi chú", "ghi_chu", 24),
)
_RESOURCES = (
    Column("STT", "tt", 16, CENTRE),
    Column("Nội dung chỉ tiêu", "ten", 80),
    Column("Kế hoạch năm", "ke_hoach", 32, RIGHT_ALIGNED),
    Column("Kết quả huy động", "ket_qua", 32, RIGHT_ALIGNED),
    Column("Còn phải huy động trong năm", "con_lai", 32, RIGHT_ALIGNED),
)
_WORKS = (
    Column("TT", "tt", 11, CENTRE),
    Column("Công trình", "ten", 66),
    Column("Kế hoạch năm (triệu đồng)", "ke_hoach", 26, RIGHT_ALIGNED),
    Column("KQ TH {{ky}}", "trong_ky", 50),
    Column("KQ TH kế hoạch năm (triệu đồng)", "ket_qua", 28, RIGHT_ALIGNED),
    Column("Tỷ lệ giải ngân", "ty_le", 22, RIGHT_ALIGNED),
    Column("Ghi chú", "ghi_chu", 50),
)


def weekly() -> Document:
    """The weekly report: its table has one block for the commune and one for each village."""
    draft = _begun()
    draft.heading("I. KẾT QUẢ THỰC HIỆN")
    draft.text("{{tieu_chi}}", "{{cong_viec}}", "{{von}}")
    draft.table("bang_tuan", _WEEK)
    draft.heading("II. KHÓ KHĂN, VƯỚNG MẮC")
    draft.text("{{vuong_mac}}")
    draft.heading("III. NHIỆM VỤ TUẦN TỚI")
    draft.text("{{ky_toi}}")
    draft.heading("IV. NHẬN XÉT, KIẾN NGHỊ")
    draft.text("{{nhan_xet}}", "{{kien_nghi}}")
    return _ended(draft)


def periodic() -> Document:
    """The monthly and quarterly report, and one that is asked for once."""
    draft = _begun()
    _text(draft)
    return _ended(draft)


def yearly() -> Document:
    """The half-yearly and yearly report, with its three tables."""
    draft = _begun()
    _text(draft)
    draft.closing()
    draft.ending()
    draft.annex("Phụ lục I", "KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ NÔNG THÔN MỚI")
    draft.table("bieu_tieu_chi", _HALF_YEAR, size=11)
    draft.annex("Phụ lục II", "KẾT QUẢ HUY ĐỘNG NGUỒN LỰC (triệu đồng)", lying=False)
    draft.table("bieu_nguon_luc", _RESOURCES)
    draft.annex("Phụ lục III", "TIẾN ĐỘ CÁC CÔNG TRÌNH")
    draft.table("bieu_cong_trinh", _WORKS)
    return draft.document


def _begun() -> Draft:
    draft = Draft()
    draft.head()
    draft.title()
    draft.addressee()
    draft.text("{{mo_dau}}")
    return draft


def _text(draft: Draft) -> None:
    draft.heading("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH")
    draft.text("{{chi_dao}}", "{{phong_trao}}")
    draft.heading("II. KẾT QUẢ THỰC HIỆN")
    draft.heading("1. Thực hiện Bộ tiêu chí", 2)
    draft.text("{{tieu_chi}}", "{{chua_dat}}")
    draft.table("bang_tieu_chi", _CRITERIA)
    draft.heading("2. Công trình hạ tầng", 2)
    draft.text("{{cong_trinh}}")
    draft.heading("3. Vốn và giải ngân", 2)
    draft.text("{{von}}")
    draft.heading("4. Huy động nguồn lực của người dân, cộng đồng", 2)
    draft.text("{{huy_dong}}")
    draft.heading("5. Nhiệm vụ được giao", 2)
    draft.text("{{cong_viec}}")
    draft.heading("III. KHÓ KHĂN, VƯỚNG MẮC")
    draft.text("{{vuong_mac}}")
    draft.heading("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ {{sau_do}}")
    draft.text("{{ky_toi}}")
    draft.heading("V. NHẬN XÉT, KIẾN NGHỊ")
    draft.heading("1. Nhận xét, đánh giá", 2)
    draft.text("{{nhan_xet}}")
    draft.heading("2. Đề xuất, kiến nghị", 2)
    draft.text("{{kien_nghi}}")


def _ended(draft: Draft) -> Document:
    draft.closing()
    draft.ending()
    return draft.document
