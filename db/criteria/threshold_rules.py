"""Which fields a threshold of each kind must and must not have in a published file."""

from db.criteria.reading import TableReader
from db.criteria.thresholds import VALUES_OF_KIND, SourceStatus, Threshold, ThresholdKind

PERCENT_KINDS = frozenset(kind for kind in ThresholdKind if kind.startswith("pct_"))
_UNITS_OF_KIND = {
    **dict.fromkeys(ThresholdKind, (0, 1)),
    **dict.fromkeys(PERCENT_KINDS, (1, 1)),
    ThresholdKind.PCT_GE_TWO_PART: (1, 2),
    ThresholdKind.PCT_GE_AND_COUNT_GE: (2, 2),
    ThresholdKind.AMOUNT_GE: (1, 1),
    ThresholdKind.AMOUNT_GE_BY_YEAR: (1, 1),
    ThresholdKind.COUNT_GE: (1, 1),
}
_ONE_NUMBER_KINDS = frozenset(kind for kind, count in VALUES_OF_KIND.items() if count == 1)
_FIELDS_OF_KIND = {
    **dict.fromkeys(VALUES_OF_KIND, ("value", "values")),
    ThresholdKind.LEVEL: ("level",),
    ThresholdKind.AMOUNT_GE_BY_YEAR: ("by_year",),
}
_VALUE_FIELDS = ("value", "values", "level", "by_year")


def read_threshold(table: TableReader, years: tuple[int, int]) -> Threshold:
    """Read the threshold of an indicator and report everything that is wrong with it."""
    kind = table.choice("kind", ThresholdKind, ThresholdKind.DAT)
    threshold = Threshold(
        kind=kind,
        values=table.numbers("value") + table.numbers("values"),
        level=table.text("level", required=False),
        levels=table.texts("levels", required=False),
        by_year=table.numbers_by_year("by_year"),
        units=_units(table),
        source=table.choice("threshold_source", SourceStatus, SourceStatus.UNKNOWN),
    )
    _check_fields(table, threshold)
    _check_values(table, threshold)
    _check_units(table, threshold)
    _check_levels(table, threshold)
    for year, _ in threshold.by_year:
        if not years[0] <= year <= years[1]:
            table.report(f"năm {year} nằm ngoài giai đoạn {years[0]}-{years[1]}.", "by_year")
    return threshold


def _units(table: TableReader) -> tuple[str, ...]:
    if table.has("unit") and table.has("units"):
        table.report("chỉ ghi một trong hai mục “unit” và “units”.", "units")
    one = table.text("unit", required=False)
    return ((one,) if one else ()) + table.texts("units", required=False)


def _check_fields(table: TableReader, threshold: Threshold) -> None:
    allowed = _FIELDS_OF_KIND.get(threshold.kind, ())
    written = [name for name in _VALUE_FIELDS if table.has(name)]
    for name in written:
        if name not in allowed:
            table.report(f"loại “{threshold.kind}” không có mục “{name}”.", name)
    if threshold.source == SourceStatus.CONFIRMED:
        table.report(
            "tệp công bố không được ghi “confirmed”; chỉ việc đối chiếu mới xác nhận được.",
            "threshold_source",
        )
    unknown = threshold.source == SourceStatus.UNKNOWN
    if unknown and table.has("threshold_source") and written:
        table.report("mức ghi là “unknown” thì không được kèm giá trị.", written[0])
    if threshold.kind == ThresholdKind.TINH and not unknown:
        table.report("loại “tinh” chưa có mức nên phải ghi “unknown”.", "threshold_source")
    if not unknown and allowed and not written:
        table.report(f"mức ghi là “{threshold.source}” nhưng thiếu giá trị “{allowed[0]}”.")


def _check_values(table: TableReader, threshold: Threshold) -> None:
    wanted = VALUES_OF_KIND.get(threshold.kind)
    written = "values" if table.has("values") else "value"
    if wanted and threshold.values and len(threshold.values) != wanted:
        table.report(
            f"loại “{threshold.kind}” cần {wanted} số, đang có {len(threshold.values)}.", written
        )
    shares = threshold.values
    if threshold.kind == ThresholdKind.PCT_GE_AND_COUNT_GE:
        shares = shares[:1]
    if threshold.kind in PERCENT_KINDS and any(share > 100 for share in shares):
        table.report("tỷ lệ phần trăm không thể quá 100.", written)


def _check_units(table: TableReader, threshold: Threshold) -> None:
    least, most = _UNITS_OF_KIND[threshold.kind]
    count = len(threshold.units)
    name = "units" if table.has("units") else "unit"
    if not least <= count <= most:
        wanted = str(least) if least == most else f"từ {least} đến {most}"
        table.report(f"loại “{threshold.kind}” cần {wanted} đơn vị tính, đang có {count}.", name)
    elif threshold.kind in PERCENT_KINDS and threshold.units[0] != "%":
        table.report(f"đơn vị tính của loại “{threshold.kind}” phải là “%”.", name)


def _check_levels(table: TableReader, threshold: Threshold) -> None:
    levels = threshold.levels
    if threshold.kind != ThresholdKind.LEVEL:
        if table.has("levels"):
            table.report(f"loại “{threshold.kind}” không có mục “levels”.", "levels")
        return
    if len(levels) < 2 or len(set(levels)) != len(levels):
        table.report("mục “levels” cần ít nhất hai mức khác nhau, mức thấp ghi trước.", "levels")
    elif threshold.level and threshold.level not in levels:
        table.report(f"mức “{threshold.level}” không có trong “levels”.", "level")


def check_men_women(table: TableReader, threshold: Threshold) -> None:
    """Report men and women on a kind that has no single number to compare."""
    if table.flag("men_women") and threshold.kind not in _ONE_NUMBER_KINDS:
        table.report(f"loại “{threshold.kind}” không tách được nam và nữ.", "men_women")
