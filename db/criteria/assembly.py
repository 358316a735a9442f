"""Putting a criteria set together from its tables and checking that its parts fit."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.criteria.definitions import (
    CriteriaSet,
    Criterion,
    CriterionGroup,
    EvidenceKind,
    Indicator,
    Tier,
)
from db.criteria.reading import TableReader
from db.criteria.threshold_rules import check_men_women, read_threshold
from db.criteria.thresholds import SourceStatus, ThresholdKind

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EVIDENCE_SOURCES = ("suggested", "documented")


@dataclass(frozen=True)
class _Header:
    """What the head of the file says and every indicator is read against."""

    years: tuple[int, int]
    kinds: tuple[EvidenceKind, ...]
    defaults: Mapping[ThresholdKind, tuple[str, ...]]
    superseding: bool


def read_set(table: TableReader, digest: str) -> CriteriaSet:
    """Read the whole set; it is usable only when `table.problems` stays empty."""
    years = _read_years(table)
    kinds = tuple(_read_evidence_kinds(table))
    expected = table.table("expected_evidence", "[expected_evidence]", "minh chứng gợi ý")
    set_id = _read_id(table)
    supersedes = table.text("supersedes", required=False)
    if supersedes and supersedes == set_id:
        table.report("bộ tiêu chí không thể thay thế chính nó.", "supersedes")
    header = _Header(years, kinds, _read_defaults(expected, kinds), bool(supersedes))
    criteria = _read_criteria(table, header)
    criteria_set = CriteriaSet(
        id=set_id,
        name=table.text("name"),
        short_name=table.text("short_name"),
        tier=table.choice("tier", Tier, Tier.NTM),
        document=table.text("document"),
        region=table.text("region", required=False),
        years=years,
        groups=tuple(_read_groups(table, criteria)),
        evidence_kinds=kinds,
        evidence_source=_read_evidence_source(expected),
        supersedes=supersedes,
        note=table.text("note", required=False),
        hash=digest,
    )
    expected.finish()
    table.finish()
    return criteria_set


def _read_id(table: TableReader) -> str:
    written = table.text("id")
    if written and not _ID.fullmatch(written):
        table.report("mục “id” chỉ gồm chữ thường không dấu, số và dấu gạch nối.", "id")
    return written


def _read_years(table: TableReader) -> tuple[int, int]:
    years = tuple(int(year) for year in table.numbers("years"))
    if len(years) != 2:
        table.report("cần mục “years” gồm năm đầu và năm cuối, ví dụ [2021, 2025].", "years")
        return (0, 9999)
    if years[0] > years[1]:
        table.report(f"năm đầu {years[0]} đứng sau năm cuối {years[1]}.", "years")
    return (years[0], years[1])


def _read_evidence_kinds(table: TableReader) -> Iterable[EvidenceKind]:
    if not table.has("evidence_kind"):
        return
    read = list(table.tables("evidence_kind", "[[evidence_kind]]", "loại minh chứng"))
    kinds = [EvidenceKind(one.text("id"), one.text("name")) for one in read]
    _report_repeated(table, "loại minh chứng", (kind.id for kind in kinds))
    for one in read:
        one.finish()
    yield from kinds


def _read_defaults(
    table: TableReader, kinds: tuple[EvidenceKind, ...]
) -> dict[ThresholdKind, tuple[str, ...]]:
    return {kind: _read_evidence(table, kind, kinds) for kind in ThresholdKind}


def _read_evidence(
    table: TableReader, name: str, kinds: tuple[EvidenceKind, ...]
) -> tuple[str, ...]:
    ids = table.texts(name, required=False)
    for one in ids:
        if one not in {kind.id for kind in kinds}:
            table.report(f"loại minh chứng “{one}” chưa được khai báo.", name)
    return ids


def _read_evidence_source(table: TableReader) -> str:
    source = table.text("source", required=False, default="suggested")
    if source not in _EVIDENCE_SOURCES:
        table.report(f"mục “source” chỉ nhận: {', '.join(_EVIDENCE_SOURCES)}.", "source")
    return source


def _read_criteria(
    table: TableReader,
    header: _Header,
) -> dict[str, Criterion]:
    criteria: list[Criterion] = []
    count = 0
    for one in table.tables("criterion", "[[criterion]]", "tiêu chí"):
        number = one.text("number")
        indicators: list[Indicator] = []
        for row in one.tables("indicator", "[[criterion.indicator]]", "chỉ tiêu", count):
            indicators.append(_read_indicator(row, header))
            if not indicators[-1].number.startswith(f"{number}."):
                row.report(f"số chỉ tiêu không thuộc tiêu chí {number}.", "number")
        count += len(indicators)
        criteria.append(
            Criterion(
                number=number,
                name=one.text("name"),
                indicators=tuple(indicators),
                withdrawal_key=one.flag("withdrawal_key"),
                people_criterion=one.flag("people_criterion"),
                watch_criterion=one.flag("watch_criterion"),
            )
        )
        one.finish()
    _report_repeated(table, "tiêu chí", (criterion.number for criterion in criteria))
    numbers = (indicator.number for criterion in criteria for indicator in criterion.indicators)
    _report_repeated(table, "chỉ tiêu", numbers)
    return {criterion.number: criterion for criterion in criteria}


def _read_indicator(
    table: TableReader,
    header: _Header,
) -> Indicator:
    threshold = read_threshold(table, header.years)
    check_men_women(table, threshold)
    if table.has("replaces") and not header.superseding:
        table.report("có “replaces” nhưng đầu tệp chưa có “supersedes”.", "replaces")
    number = table.text("number")
    parts = tuple(table.texts("parts")) if table.has("parts") else ()
    if parts and (len(parts) != 2 or threshold.kind is not ThresholdKind.PCT_GE_TWO_PART):
        table.report("“parts” là tên của hai số, chỉ cho kind pct_ge_two_part.", "parts")
    own_evidence = _read_evidence(table, "evidence", header.kinds)
    indicator = Indicator(
        number=number,
        name=table.text("name"),
        threshold=threshold,
        men_women=table.flag("men_women"),
        by_village=table.flag("by_village"),
        may_be_na=table.flag("may_be_na"),
        counted=table.text("counted", required=False),
        parts=parts,
        note=table.text("note", required=False),
        source_note=table.text("source_note", required=False),
        name_source=table.choice("name_source", SourceStatus, SourceStatus.UNCONFIRMED),
        evidence=own_evidence if table.has("evidence") else header.defaults[threshold.kind],
        replaces=table.text("replaces", required=False, default=number),
    )
    table.finish()
    return indicator


def _read_groups(table: TableReader, criteria: Mapping[str, Criterion]) -> Iterable[CriterionGroup]:
    placed: list[str] = []
    numbers: list[str] = []
    for one in table.tables("group", "[[group]]", "nhóm"):
        members = one.texts("criteria")
        for number in members:
            if number not in criteria:
                one.report(f"không có tiêu chí {number} trong tệp.", "criteria")
        placed += members
        group = CriterionGroup(
            number=one.text("number"),
            name=one.text("name"),
            criteria=tuple(criteria[number] for number in members if number in criteria),
            source=one.choice("source", SourceStatus, SourceStatus.UNCONFIRMED),
        )
        numbers.append(group.number)
        one.finish()
        yield group
    _report_repeated(table, "nhóm", numbers)
    for number in criteria:
        if placed.count(number) != 1:
            found = "chưa thuộc nhóm nào" if number not in placed else "thuộc nhiều nhóm"
            table.problems.append(f"Tiêu chí {number}: {found}.")


def _report_repeated(table: TableReader, what: str, numbers: Iterable[str]) -> None:
    for number, count in Counter(numbers).items():
        if count > 1 and number:
            table.problems.append(f"{what.capitalize()} {number}: số này được ghi {count} lần.")
