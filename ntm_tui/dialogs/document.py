"""The form of one document: what kind it is, and what stands on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from db.numbers import parse_date, show_date
from db.text import fold, shown
from ntm_tui.dialogs.folder import show_size
from ntm_tui.dialogs.form import EntryProblem, Field, Form

if TYPE_CHECKING:
    from db.desk import Desk
    from db.drafts import Place
    from db.evidence import EvidenceForm, EvidenceRecord
    from ntm_tui.dialogs.papers import Papers


class DocumentForm(Form["EvidenceForm"]):
    """What is said about a document; each field is saved by itself.

    Args:
        papers: the documents that it belongs to.
        record: the document as it stands.
        place: where its drafts are.
        drafts: what was being typed before a crash.
    """

    HELP = """
Ghi loại minh chứng (gõ số thứ tự của loại), trích yếu, số, ngày và cơ quan ban hành. Ngày trên giấy
thế nào thì ghi đúng thế ấy, kể cả khi thiếu hoặc sai; máy chỉ nhắc, không tự sửa.
"""

    def __init__(
        self,
        papers: Papers,
        record: EvidenceRecord,
        place: Place,
        drafts: Mapping[str, str],
    ) -> None:
        super().__init__(papers.area, place, drafts)
        self._papers = papers
        self._record = record
        self._kinds = papers.kinds
        self._said = _said_of(record)

    def fields(self) -> Sequence[Field]:
        """Kind, then what stands on the paper."""
        return (
            Field("kind", "Loại", "gõ số thứ tự của loại", replaced=True),
            Field("title", "Trích yếu", "nội dung chính của văn bản"),
            Field("number", "Số, ký hiệu", "ví dụ 12/BC-UBND"),
            Field("date_written", "Ngày", "ngày/tháng/năm, đúng như trên giấy"),
            Field("issuer", "Cơ quan", "nơi ban hành"),
        )

    def stored(self, name: str) -> str:
        """What is written down about the document."""
        said = str(getattr(self._said, name))
        return self._kind_name(said) if name == "kind" else said

    def _kind_name(self, kind: str) -> str:
        return next((it.name for it in self._kinds if it.id == kind), kind)

    def understood(self, name: str, text: str) -> str:
        """The kind or the day that was understood, or what is strange about it."""
        if name == "kind":
            return self._kind_name(self._read_kind(text))
        if name == "date_written":
            written = parse_date(text)
            return written.warning or (show_date(written.date) if written.date else "")
        return ""

    def _read_kind(self, text: str) -> str:
        typed = fold(text)
        for place, kind in enumerate(self._kinds, 1):
            if typed in (str(place), fold(kind.name), kind.id):
                return kind.id
        if not typed:
            return ""
        raise EntryProblem(f"Không có loại “{shown(text)[:40]}”. Hãy gõ số từ 1.")

    def job(self, name: str, text: str) -> Callable[[Desk], EvidenceForm]:
        """Save one field as one action."""
        from dataclasses import replace

        value = self._read_kind(text) if name == "kind" else text.strip()
        said = replace(self._said, **{name: value})
        evidence_id = self._record.id

        def job(desk: Desk) -> EvidenceForm:
            from db import evidence

            with desk.act() as session:
                evidence.describe(session, desk.commune.scope, evidence_id, said)
            return said

        return job

    def saved(self, name: str, result: EvidenceForm) -> None:
        """Remember what is stored now."""
        self._said = result

    async def reread(self) -> None:
        """Read the documents anew."""
        await self._papers.reread()

    def reload(self) -> None:
        """Show what is stored now; a document that is gone closes the form."""
        found = self._papers.documents
        record = next((it for it in found if it.id == self._record.id), None)
        if record is None:
            self.leave()
            return
        self._said = _said_of(record)
        super().reload()

    def heading(self) -> Content:
        """The file, and the kinds to choose from."""
        file = self._record.file
        name = f"{shown(file.file_name)} ({show_size(file.size)})" if file else "chưa có tệp"
        kinds = "\n".join(f"{place} {kind.name}" for place, kind in enumerate(self._kinds, 1))
        return Content.assemble(
            (f"Minh chứng {shown(self._papers.about)}: {name}", "bold"), f"\n{kinds}"
        )


def _said_of(record: EvidenceRecord) -> EvidenceForm:
    from db.evidence import EvidenceForm

    return EvidenceForm(
        record.kind, record.title, record.number, record.date_written, record.issuer
    )
