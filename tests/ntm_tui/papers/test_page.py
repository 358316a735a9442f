from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import checklist, evidence
from db.desk import Desk
from db.judging import Figure, Status
from db.sync import layout
from db.sync.info import BundleInfo, Counts, Receiver, ReceiverKind
from db.sync.planning import parse_receiver, plan
from db.text import clean, shown
from ntm_tui.papers.page import page_for
from tests._helpers.stores import device, friends, set_note, set_status

VOID = {"meta", "col", "br", "img", "input", "link", "hr"}
CODE = "7F3K9Q"


class Page(HTMLParser):
    """A page taken apart: its text, its links, and whether every element is closed in order."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.sound = True
        self.text: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(html.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.sound = self.sound and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


def info(desk: Desk, **fields: object) -> BundleInfo:
    described = BundleInfo(
        sender="0" * 24,
        commune_code=desk.commune.scope,
        commune_name=desk.commune.title,
        created=datetime(2024, 7, 12, 1, 30, tzinfo=UTC),
        number=1,
        program="ntm thử",
        practice=desk.practice,
        counts=Counts(1_184, 9, 38_723),
    )
    return replace(described, **fields)  # type: ignore[arg-type]


def draw(desk: Desk, **fields: object) -> Page:
    carried = plan(desk, parse_receiver("upper"), full=True).evidence
    return Page(page_for(desk, carried)(info(desk, **fields), CODE))


def attach(desk: Desk, name: str, title: str = "", data: bytes = b"%PDF") -> None:
    sheet = desk.sheet()
    folder = Path(tempfile.mkdtemp(dir=desk.home.path))
    (folder / "tep.pdf").write_bytes(data)
    stored = replace(evidence.keep_file(desk.home, folder / "tep.pdf"), file_name=name)
    with desk.act() as session:
        evidence.attach(
            session, sheet.scope, sheet.criteria_set.id, "1.1", sheet.year,
            evidence.EvidenceForm("khac", title), stored,
        )  # fmt: skip


def test_the_page_says_whose_it_is_how_they_stand_and_the_code(desk: Desk) -> None:
    set_status(desk, "1.1", Status.MET)
    page = draw(desk)
    assert page.sound and page.open == []
    for expected in (
        "Xã Cai Kinh, huyện Hữu Lũng, tỉnh Lạng Sơn",
        CODE,
        "08:30 ngày 12/07/2024",
        "1.184 thay đổi",
        "1/57",
    ):
        assert expected in page.words


def test_the_page_needs_nothing_from_outside_and_runs_nothing(desk: Desk) -> None:
    attach(desk, "bien-ban.pdf")
    page = draw(desk)
    assert "script" not in page.tags
    evidence_file, workbook = page.links
    assert evidence_file.startswith("data/evidence/") and workbook == layout.RESULTS


def test_the_page_is_marked_in_practice_only(tmp_path: Path, desk: Desk) -> None:
    assert "THỰC HÀNH" not in draw(desk, practice=False).words
    assert "DỮ LIỆU THỰC HÀNH" in draw(desk, practice=True).words


@pytest.mark.parametrize(
    ("receiver", "said"),
    [
        (Receiver(ReceiverKind.UPPER), "cấp trên (huyện Hữu Lũng)"),
        (Receiver(ReceiverKind.ALL), "mọi máy dùng chung số liệu của xã"),
        (Receiver(ReceiverKind.DEVICE, "0" * 24), "một máy (mã máy 0000-0000-0000"),
    ],
)
def test_the_page_says_for_whom_it_is(desk: Desk, receiver: Receiver, said: str) -> None:
    assert f"Gửi tới {said}" in draw(desk, receiver=receiver).words


def test_a_known_machine_is_called_by_office_and_name(tmp_path: Path) -> None:
    one, other = friends(tmp_path)
    with one, other:
        page = draw(one, receiver=Receiver(ReceiverKind.DEVICE, device(other)))
    assert "Gửi tới UBND xã Cai Kinh, " in page.words


def test_only_files_that_travel_are_linked(desk: Desk) -> None:
    attach(desk, "co.pdf", "Biên bản có tệp", b"one")
    attach(desk, "mat.pdf", "Biên bản mất tệp", b"two")
    files = plan(desk, parse_receiver("upper")).evidence
    lost = next(one for one in files if one.file_name == "mat.pdf")
    evidence.path_in(desk.home, lost.sha256).unlink()
    page = draw(desk)
    assert len(page.links) == 2 and page.links[-1] == layout.RESULTS
    assert "mat.pdf: không kèm trong gói này" in page.words


def test_one_file_under_two_names_is_linked_where_it_lies(desk: Desk) -> None:
    attach(desk, "a.pdf", "Một")
    attach(desk, "b.docx", "Hai")
    (carried,) = plan(desk, parse_receiver("upper")).evidence
    assert draw(desk).links == [carried.member, carried.member, layout.RESULTS]


def test_a_reason_that_ends_in_a_stop_gets_no_second_one(desk: Desk) -> None:
    sheet = desk.sheet()
    needed = sheet.criteria_set.indicator("3.1").threshold
    with desk.act() as session:
        checklist.set_figure(session, sheet, "3.1", Figure.from_wire({"value": "60"}), needed)
        checklist.set_status(session, sheet, "3.1", Status.MET, reason="Vừa nghiệm thu.")
    page = draw(desk)
    assert "Đánh giá khác với số liệu: Vừa nghiệm thu. " in page.words


@pytest.fixture(scope="module")
def lasting() -> Iterator[Desk]:
    """One store for many examples."""
    from db.communes import Founding
    from db.home import Home

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_CONFIG", str(Path(folder) / "config"))
        answers = Founding("Lạng Sơn", "Hữu Lũng", "Cai Kinh", "Nguyễn Thị Hường", 2024)
        with Desk.found(Home(Path(folder) / "home"), answers) as desk:
            attach(desk, "tep.pdf")
            yield desk


ODD = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("<>&\"'`{}%#\u202e\u2066\x00\x1b\ufeff\U0001f600"),
    ),
    max_size=60,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(note=ODD, title=ODD, name=ODD)
def test_any_text_is_shown_and_none_is_obeyed(
    lasting: Desk, note: str, title: str, name: str
) -> None:
    before = sorted(draw(lasting).tags)
    set_note(lasting, "17.8", note)
    with lasting.reading() as session:
        sheet = lasting.sheet()
        (records,) = evidence.evidence_of(session, lasting.home, sheet).values()
    with lasting.act() as session:
        evidence.describe(
            session, sheet.scope, records[0].id, evidence.EvidenceForm("khac", title, number=name)
        )
    page = draw(lasting)
    assert page.sound and page.open == []
    assert {*page.tags} <= {*before, "span"}
    assert page.tags.count("a") == before.count("a")
    for text in (*clean(note).splitlines(), clean(title), clean(name)):
        assert shown(text) in page.words
    assert not any(character in page.words for character in "\u202e\u2066\x00\x1b")


def test_ten_thousand_characters_stay_one_cell(desk: Desk) -> None:
    set_note(desk, "17.8", "<td>" * 2_500)
    page = draw(desk)
    assert page.sound
    assert "<td>" * 2_500 in page.words
