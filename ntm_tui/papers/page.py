"""The page inside a bundle: what it holds, readable in any browser, without any program."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from db.judging import Status
from db.numbers import show_number
from db.text import shown
from ntm_tui.papers.figures import show_figure

if TYPE_CHECKING:
    from jinja2 import Template

    from db.checklist import Checklist, IndicatorState
    from db.desk import Desk
    from db.evidence import EvidenceRecord
    from db.sync.archive import Page
    from db.sync.info import BundleInfo, Receiver
    from db.sync.planning import CarriedFile
    from db.sync.trust import DeviceRecord

_MARKS = {
    Status.MET: "√",
    Status.NOT_MET: "×",
    Status.IN_PROGRESS: "■",
    Status.NOT_APPLICABLE: "–",
    Status.NOT_ASSESSED: "□",
}


@dataclass(frozen=True)
class Line:
    """One row of the result table, as text."""

    number: str
    name: str
    required: str
    result: str
    status: Status
    mark: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """One criterion with its rows."""

    number: str
    name: str
    status: Status
    mark: str
    met: int
    total: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Paper:
    """One evidence document; `href` is empty where its file is not in this bundle."""

    indicator: str
    title: str
    said: str
    file_name: str
    href: str


def page_for(desk: "Desk", carried: Iterable["CarriedFile"]) -> "Page":
    """Make the function that draws the page of a bundle.

    Args:
        desk: the open store; what is shown is the checklist as it stands now.
        carried: the evidence files that travel in the bundle.
    """
    from db import evidence
    from db.sync.trust import list_devices

    desk = replace(desk, looking_at="")  # whatever is being looked at on the screen
    checklist = desk.checklist()
    sheet = checklist.sheet
    held = desk.checklist(desk.held_sheet(sheet))
    with desk.reading() as session:
        documents = evidence.evidence_of(session, desk.home, sheet)
        devices = list_devices(session)
    members = {file.sha256: file.member for file in carried if file.present}

    def draw(info: "BundleInfo", code: str) -> bytes:
        page = _template().render(
            commune=desk.commune,
            info=info,
            code=code,
            receiver=_receiver(info.receiver, desk.commune.upper_level, devices),
            standing=checklist.standing,
            withdrawal=held.withdrawal,
            unconfirmed=checklist.unconfirmed,
            sheet=sheet,
            status=Status,
            sections=list(_sections(checklist)),
            papers=list(_papers(documents.values(), members)),
        )
        return page.encode("utf-8")

    return draw


@cache
def _template() -> "Template":
    """Read the page's template; an upper level writes many bundles at once."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.filters["number"] = lambda count: show_number(Decimal(count))
    source = files("ntm_tui.papers").joinpath("page.html.j2").read_text(encoding="utf-8")
    return environment.from_string(source)


def _sections(checklist: "Checklist") -> Iterator[Section]:
    for one in checklist.standing.criteria:
        lines = tuple(
            _line(checklist.by_number[indicator.number], checklist.sheet.year)
            for indicator in one.criterion.indicators
        )
        met = one.count(Status.MET) + one.count(Status.NOT_APPLICABLE)
        yield Section(
            one.criterion.number,
            one.criterion.name,
            one.status,
            _MARKS[one.status],
            met,
            len(lines),
            lines,
        )


def _line(state: "IndicatorState", year: int) -> Line:
    return Line(
        number=state.indicator.number,
        name=state.indicator.name,
        required=state.threshold.effective.text(year),
        result=show_figure(state.figure, state.indicator, state.threshold.effective),
        status=state.judgement.status,
        mark=_MARKS[state.judgement.status],
        remarks=tuple(_remarks(state)),
    )


def _remarks(state: "IndicatorState") -> Iterator[str]:
    if state.judgement.rests_on_unconfirmed:
        yield "Mức đạt chưa đối chiếu với văn bản."
    reason = _lines(state.judgement.reason)
    if state.judgement.against_figure:
        yield _sentence(f"Đánh giá khác với số liệu: {reason or 'thiếu lý do'}")
    elif reason:
        yield reason
    for lacking in state.judgement.shortfalls:
        yield _sentence(f"{lacking.text[:1].upper()}{lacking.text[1:]}")
    if note := _lines(state.assessment.note):
        yield note


def _lines(text: str) -> str:
    """Give people's text with its line breaks and without what could hide or reorder it."""
    return "\n".join(filter(None, map(shown, text.splitlines())))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _receiver(receiver: "Receiver", upper_level: str, devices: Iterable["DeviceRecord"]) -> str:
    """Say for whom the bundle is, as people call them."""
    from db.sync.info import ReceiverKind
    from db.sync.keys import show_fingerprint

    if receiver.kind is ReceiverKind.UPPER:
        return f"cấp trên ({shown(upper_level)})" if upper_level else "cấp trên"
    if receiver.kind is ReceiverKind.ALL:
        return "mọi máy dùng chung số liệu của xã"
    named = [one for one in devices if one.device == receiver.device]
    known = [shown(part) for one in named for part in (one.office, one.machine) if part]
    return f"{', '.join(known) or 'một máy'} (mã máy {show_fingerprint(receiver.device)})"


def _papers(
    documents: Iterable[tuple["EvidenceRecord", ...]], members: Mapping[str, str]
) -> Iterator[Paper]:
    for records in documents:
        for record in records:
            file = record.file
            said = ", ".join(filter(None, (record.number, record.date_written, record.issuer)))
            yield Paper(
                indicator=record.indicator,
                title=shown(record.title),
                said=shown(said),
                file_name=shown(file.file_name) if file else "",
                href=members.get(file.sha256, "") if file else "",
            )
