"""The templates of the regular reports."""

from __future__ import annotations

from docx.document import Document

from ntm_tui.papers.word.layout import Draft


def weekly() -> Document:
    """The weekly report: its table has one block for the commune and one for each village."""
    draft = Draft()
    _begin(draft)
    draft.heading("I. KẾT QUẢ THỰC HIỆN")
    draft.text("{{tieu_chi}}", "{{cong_viec}}", "{{von}}")
    draft.table(
        "bang_tuan",
        (
            ("Chỉ tiêu giao", "chi_tieu", 55),
            ("Kết quả", "ket_qua", 55),
            ("Kế hoạch tuần tới", "ke_hoach", 55),
        ),
    )
    draft.heading("II. KHÓ KHĂN, VƯỚNG MẮC")
    draft.text("{{vuong_mac}}")
    draft.heading("III. NHIỆM VỤ TUẦN TỚI")
    draft.text("{{ky_toi}}")
    draft.heading("IV. NHẬN XÉT, KIẾN NGHỊ")
    _end(draft)
    return draft.document


def _begin(draft: Draft) -> None:
    draft.head()
    draft.title()
    draft.addressee()
    draft.text("{{mo_dau}}")


def _end(draft: Draft) -> None:
    draft.text("{{nhan_xet}}", "{{kien_nghi}}", "{{ket_thuc}}")
    draft.ending()
