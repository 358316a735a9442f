"""`ntm evidence`: documents attached to indicators, and what is still missing."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.problems import NotFound
from db.text import slug
from ntm_tui.console.command import Command, looking, subject, working
from ntm_tui.console.communes import at_commune, own_commune
from ntm_tui.console.options import (
    CommuneOption,
    HomeOption,
    IndicatorArgument,
    JsonOption,
    SetOption,
    YearOption,
)
from ntm_tui.console.outcome import remark, say, show_json
from ntm_tui.console.tables import show_table
from ntm_tui.console.vietnamese import VietnameseGroup

if TYPE_CHECKING:
    from db.criteria.definitions import CriteriaSet
    from db.evidence import EvidenceRecord

commands = subject()
_evidence = subject()
commands.add_typer(
    _evidence, name="evidence", cls=VietnameseGroup, help="Đính và liệt kê minh chứng."
)


def _words(help: str) -> Any:
    return typer.Option(metavar="CHỮ", help=help)


@_evidence.callback(no_args_is_help=True)
def _group(home: HomeOption = None) -> None:
    """Take `--home` before the name of the command too."""


@_evidence.command("add", cls=Command, help="Đính một tệp làm minh chứng cho một chỉ tiêu.")
def add(
    indicator: IndicatorArgument,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp cần đính; được chép vào kho.")],
    kind: Annotated[str, _words("Loại minh chứng: mã hoặc tên.")] = "",
    title: Annotated[str, _words("Trích yếu; bỏ trống là tên tệp.")] = "",
    number: Annotated[str, _words("Số, ký hiệu văn bản.")] = "",
    date: Annotated[str, _words("Ngày văn bản, giữ đúng như đã ghi.")] = "",
    issuer: Annotated[str, _words("Cơ quan ban hành.")] = "",
    set_id: SetOption = "",
    year: YearOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Attach a file."""
    from db import checklist, evidence
    from ntm_tui.dialogs.folder import existing

    with working(home) as opened:
        desk = own_commune(opened)
        sheet = desk.sheet(set_id=set_id, year=year)
        meant = checklist.indicator_of(sheet, indicator)
        form = evidence.EvidenceForm(
            _kind_id(sheet.criteria_set, kind), title, number, date, issuer
        )
        stored = evidence.keep_file(desk.home, existing(file))
        with desk.act() as session:
            made = evidence.attach(
                session, sheet.scope, sheet.criteria_set.id, indicator, sheet.year, form, stored
            )
        with desk.reading() as session:
            found = evidence.evidence_of(session, desk.home, sheet)[indicator]
    record = next(one for one in found if one.id == made)
    if record.date_warning:
        remark(record.date_warning)
    if as_json:
        show_json(_as_json(record))
        return
    say(f"Đã đính “{record.title}” cho chỉ tiêu {meant.number}.")
    if missing := evidence.missing_kinds(sheet.criteria_set, indicator, found):
        say(f"Còn thiếu: {', '.join(one.name for one in missing)}.")


@_evidence.command("list", cls=Command, help="Liệt kê minh chứng, của một chỉ tiêu hoặc tất cả.")
def list_evidence(
    indicator: Annotated[
        str, typer.Argument(metavar="CHỈ-TIÊU", help="Số chỉ tiêu; bỏ trống là tất cả.")
    ] = "",
    commune: CommuneOption = "",
    set_id: SetOption = "",
    year: YearOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what is attached."""
    from db import checklist, evidence

    with looking(home) as opened:
        desk = at_commune(opened, commune)
        sheet = desk.sheet(set_id=set_id, year=year)
        if indicator:
            checklist.indicator_of(sheet, indicator)
        with desk.reading() as session:
            found = evidence.evidence_of(session, desk.home, sheet)
    wanted = [one.number for one in sheet.criteria_set.indicators if indicator in ("", one.number)]
    records = [record for number in wanted for record in found.get(number, ())]
    if as_json:
        show_json({"evidence": [_as_json(record) for record in records]})
    elif records:
        headings = ("Chỉ tiêu", "Loại", "Số", "Ngày", "Tệp", "Trích yếu")
        show_table(headings, _rows(sheet.criteria_set, records))
    else:
        say("Chưa có minh chứng nào.")


def _kind_id(criteria_set: "CriteriaSet", typed: str) -> str:
    if not typed:
        return ""
    for kind in criteria_set.evidence_kinds:
        if slug(typed) in (kind.id, slug(kind.name)):
            return kind.id
    known = ", ".join(f"{kind.id} ({kind.name})" for kind in criteria_set.evidence_kinds)
    raise NotFound(f"Không có loại minh chứng “{typed}”. Chưa đính gì. Các loại: {known}.")


def _as_json(record: "EvidenceRecord") -> dict[str, Any]:
    file = record.file
    return {
        "id": record.id,
        "indicator": record.indicator,
        "kind": record.kind,
        "title": record.title,
        "number": record.number,
        "date": record.date_written,
        "issuer": record.issuer,
        "file": file.file_name if file else None,
        "sha256": file.sha256 if file else None,
        "size": file.size if file else None,
        "present": record.present,
    }


def _rows(
    criteria_set: "CriteriaSet", records: list["EvidenceRecord"]
) -> Iterator[tuple[str, ...]]:
    names = {kind.id: kind.name for kind in criteria_set.evidence_kinds}
    for one in records:
        file = one.file.file_name if one.file else ""
        missing = "" if one.present else " (thiếu tệp)"
        kind = names.get(one.kind, one.kind)
        yield one.indicator, kind, one.number, one.date_written, f"{file}{missing}", one.title
