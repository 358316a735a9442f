"""Works, fund lines, disbursements and contributions, with sums that always agree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from db.kinds import MILLION_DONG, MONEY, Line, Percent, Year
from db.models import Contribution, Disbursement, FundLine, UnitPrice, Work
from db.models.base import KEY_SEPARATOR, table
from db.models.capital import FundKind, Given, Source
from db.numbers import show_number
from db.registers.register import (
    NEVER,
    Column,
    Context,
    Filter,
    Finding,
    Record,
    Register,
    Values,
    by_choice,
    end_before_start,
)
from db.text import sort_key

ZERO = Decimal(0)
_WHOLE = Decimal(100)


def paid_by_line(session: Session, scope: str) -> Mapping[str, Decimal]:
    """Add up what was paid out of each fund line, in million đồng."""
    rows = table(Disbursement)
    found = session.connection().execute(
        select(rows.c.fund_line, rows.c.amount).where(rows.c.scope == scope)
    )
    paid: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line, amount in found:
        paid[line or ""] += amount or ZERO
    return paid


def rate(paid: Decimal, plan: Decimal) -> Decimal | None:
    """Give the share paid out, in percent; None without a plan."""
    return paid * _WHOLE / plan if plan else None


def show_rate(share: Decimal | None) -> str:
    """Show a share with two decimals, never rounded up to what it is not."""
    if share is None:
        return "–"
    return f"{show_number(share.quantize(Decimal('0.01'), rounding='ROUND_DOWN').normalize())} %"


# -- Works -----------------------------------------------------------------------------------------


def _check_work(values: Values, _context: Context) -> Iterable[Finding]:
    for end in ("planned_end", "ended_on"):
        yield from end_before_start(values, "start", end, "Ngày xong trước ngày khởi công.")
    if values.get("ended_on") and values.get("volume") not in (None, _WHOLE):
        yield Finding("volume", "Đã xong nhưng khối lượng chưa phải 100 %.")


def _count_works(records: Sequence[Record], _context: Context) -> Sequence[str]:
    if not records:
        return []
    people = sum(record.values.get("builder") in ("people", "both") for record in records)
    late = sum(record.late for record in records)
    done = sum(record.closed for record in records)
    return [
        f"{len(records)} công trình · xong {done} · chậm {late} · người dân tham gia làm {people}"
    ]


WORKS = Register(
    model=Work,
    help="Công trình hạ tầng: ở đâu, ai làm, vốn nào, tiến độ. Công trình chậm đứng trên cùng.",
    listed=("title", "village", "volume", "planned_end", "builder", "priority", "capital"),
    order=lambda record: (record.closed, record.values.get("planned_end") or NEVER, record.id),
    due=lambda values: values.get("planned_end"),
    closed=lambda values: bool(values.get("ended_on")),
    step=lambda values, context: (
        {} if values.get("ended_on") else {"ended_on": context.today, "volume": _WHOLE}
    ),
    step_text="Xong, khối lượng 100 %",
    check=_check_work,
    filters=(
        Filter("Ưu tiên", lambda record: bool(record.values.get("priority"))),
        Filter("Dân tự làm", lambda record: record.values.get("builder") in ("people", "both")),
    ),
    totals=_count_works,
)


# -- Fund lines ------------------------------------------------------------------------------------


def _fund_line_sums(
    session: Session, context: Context, rows: Mapping[str, Values]
) -> Mapping[str, Values]:
    paid = paid_by_line(session, context.scope)
    found: dict[str, Values] = {}
    for row, values in rows.items():
        plan, out = values.get("plan") or ZERO, paid.get(row, ZERO)
        volume = values.get("volume") or ZERO
        found[row] = {
            "paid": out,
            "left": plan - out,
            "rate": rate(out, plan),
            "unpaid_volume": max(volume - out, ZERO),
        }
    return found


def is_carried_over(values: Values, year: int) -> bool:
    """Tell whether money is of an earlier year."""
    return bool(values.get("year")) and values["year"] < year


def _fund_line_order(record: Record) -> object:
    """Done but unpaid first, then the oldest money, then by name."""
    values = record.values
    return (
        not values["unpaid_volume"],
        record.closed,
        values.get("year") or 9999,
        sort_key(values.get("title") or ""),
    )


def _check_fund_line(values: Values, context: Context) -> Iterable[Finding]:
    if values.get("left") is not None and values["left"] < 0:
        yield Finding("plan", f"Đã giải ngân vượt kế hoạch {_money(-values['left'])}.")
    if values.get("unpaid_volume"):
        unpaid = _money(values["unpaid_volume"])
        yield Finding("volume", f"Đã có khối lượng, chưa giải ngân {unpaid}.")
    if not values.get("year"):
        yield Finding("year", "Chưa ghi vốn của năm nào, nên chưa biết có phải vốn chuyển tiếp.")


def fund_totals(records: Sequence[Record], context: Context) -> Sequence[str]:
    """Sum up fund lines: all, then by year and by kind; the parts always add up to the whole."""
    if not records:
        return []
    lines = [_sum("Tổng", records)]
    words: dict[Any, str] = {None: "chưa rõ", **{kind.value: kind.label for kind in FundKind}}
    for heading, field in (("Theo năm", "year"), ("Theo loại", "kind")):
        groups: dict[Any, list[Record]] = defaultdict(list)
        for record in records:
            groups[record.values.get(field)].append(record)
        if len(groups) > 1:
            parts = (
                _sum(words.get(group, str(group)), groups[group])
                for group in sorted(groups, key=lambda it: (it is None, str(it)))
            )
            lines.append(f"{heading}: {' · '.join(parts)}")
    return lines


def _money(amount: Decimal) -> str:
    return f"{show_number(amount)} {MILLION_DONG}"


def _sum(label: str, records: Sequence[Record]) -> str:
    plan = sum((record.values.get("plan") or ZERO for record in records), ZERO)
    paid = sum((record.values["paid"] for record in records), ZERO)
    return f"{label} {show_number(paid)}/{show_number(plan)} ({show_rate(rate(paid, plan))})"


FUND_LINES = Register(
    model=FundLine,
    help=(
        "Vốn theo nguồn, loại và năm, tính bằng triệu đồng. Vốn đã có khối lượng mà chưa giải ngân "
        "đứng trước, rồi đến vốn năm cũ chuyển tiếp."
    ),
    listed=("title", "year", "source", "kind", "plan", "paid", "left", "rate"),
    order=_fund_line_order,
    derived=(
        Column("paid", "Đã giải ngân", MONEY, MILLION_DONG, derived=True),
        Column("left", "Còn lại", MONEY, MILLION_DONG, derived=True),
        Column("rate", "Tỷ lệ", Percent(), "%", derived=True),
        Column("unpaid_volume", "Có khối lượng chưa chi", MONEY, MILLION_DONG, derived=True),
    ),
    derive=_fund_line_sums,
    begin=lambda context: {"year": context.sheet.year},
    closed=lambda values: bool(values.get("plan")) and values.get("left") == 0,
    check=_check_fund_line,
    filters=(
        Filter("Có khối lượng, chưa chi", lambda record: bool(record.values["unpaid_volume"])),
        *by_choice("kind", FundKind),
        *by_choice("source", Source),
    ),
    totals=fund_totals,
)


# -- Disbursements ---------------------------------------------------------------------------------


def _line_left(
    session: Session, context: Context, rows: Mapping[str, Values]
) -> Mapping[str, Values]:
    lines = table(FundLine)
    found = session.connection().execute(
        select(lines.c.id, lines.c.plan).where(lines.c.scope == context.scope)
    )
    plans = {row: plan or ZERO for row, plan in found}
    paid = paid_by_line(session, context.scope)
    lines_of = {row: str(values.get("fund_line")) for row, values in rows.items()}
    return {
        row: {"line_left": plans[line] - paid.get(line, ZERO)}
        for row, line in lines_of.items()
        if line in plans
    }


def _check_disbursement(values: Values, _context: Context) -> Iterable[Finding]:
    if values.get("line_left") is not None and values["line_left"] < 0:
        over = show_number(-values["line_left"])
        yield Finding("amount", f"Dòng vốn này đã chi vượt kế hoạch {over} {MILLION_DONG}.")
    if not values.get("fund_line"):
        yield Finding("fund_line", "Chưa chọn dòng vốn, nên chưa cộng vào dòng nào.")


def _sum_paid(records: Sequence[Record], _context: Context) -> Sequence[str]:
    total = sum((record.values.get("amount") or ZERO for record in records), ZERO)
    return [f"{len(records)} khoản · {show_number(total)} {MILLION_DONG}"] if records else []


DISBURSEMENTS = Register(
    model=Disbursement,
    help="Từng khoản đã giải ngân, của dòng vốn nào, ngày nào. Tổng tự cộng vào dòng vốn.",
    listed=("paid_on", "fund_line", "amount", "content", "voucher", "line_left"),
    order=lambda record: (-(record.values.get("paid_on") or NEVER).toordinal(), record.id),
    derived=(Column("line_left", "Dòng vốn còn", MONEY, MILLION_DONG, derived=True),),
    derive=_line_left,
    begin=lambda context: {"paid_on": context.today},
    check=_check_disbursement,
    totals=_sum_paid,
)


# -- Contributions ---------------------------------------------------------------------------------


def prices(session: Session, scope: str) -> Mapping[str, Mapping[int, Decimal]]:
    """Give the unit prices that are set: what was given to year to thousand đồng."""
    rows = table(UnitPrice)
    found = session.connection().execute(
        select(rows.c.given, rows.c.year, rows.c.price).where(
            rows.c.scope == scope, rows.c.price.is_not(None)
        )
    )
    by_kind: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for given, year, price in found:
        by_kind[given][year] = price
    return by_kind


def price_in(table_of_years: Mapping[int, Decimal], year: int) -> Decimal | None:
    """Give the price of a year: the newest one that was set by then."""
    known = [one for one in table_of_years if one <= year]
    return table_of_years[max(known)] if known else None


def _worths(session: Session, context: Context, rows: Mapping[str, Values]) -> Mapping[str, Values]:
    known = prices(session, context.scope)
    return {
        row: {"worth": worth(values, known, context.sheet.year)} for row, values in rows.items()
    }


def worth(values: Values, known: Mapping[str, Mapping[int, Decimal]], year: int) -> Decimal | None:
    """Turn what was given into million đồng; None where its price is not known."""
    given, quantity = values.get("given"), values.get("quantity")
    if given is None or quantity is None:
        return None
    given_on = values.get("given_on")
    price = values.get("price") or price_in(
        known.get(given, {}), given_on.year if given_on else year
    )
    if given == Given.CASH:
        price = Decimal(1)
    return None if price is None else quantity * price / 1000


def _check_contribution(values: Values, _context: Context) -> Iterable[Finding]:
    if values.get("quantity") is not None and values.get("worth") is None:
        yield Finding("price", "Chưa có đơn giá để quy đổi: ghi ở sổ Đơn giá hoặc ghi giá riêng.")


def _sum_given(records: Sequence[Record], _context: Context) -> Sequence[str]:
    if not records:
        return []
    total = sum((record.values.get("worth") or ZERO for record in records), ZERO)
    parts = []
    for one in Given:
        mine = [it for it in records if it.values.get("given") == one]
        if mine:
            amount = sum((it.values.get("quantity") or ZERO for it in mine), ZERO)
            parts.append(f"{one.label} {show_number(amount)}")
    return [f"Quy đổi {show_number(total)} {MILLION_DONG}: {' · '.join(parts)}"]


CONTRIBUTIONS = Register(
    model=Contribution,
    help=(
        "Dân, thôn, đoàn thể, doanh nghiệp góp tiền, ngày công, đất, hiện vật; "
        "quy ra tiền theo đơn giá."
    ),
    listed=("given_on", "giver", "giver_kind", "given", "quantity", "worth", "village", "work"),
    order=lambda record: (-(record.values.get("given_on") or NEVER).toordinal(), record.id),
    derived=(Column("worth", "Quy đổi", MONEY, MILLION_DONG, derived=True),),
    derive=_worths,
    begin=lambda context: {"given_on": context.today},
    check=_check_contribution,
    totals=_sum_given,
)


def _price_keys(_session: Session, context: Context) -> Sequence[str]:
    return [
        UnitPrice.row_id(one.value, context.sheet.year) for one in Given if one is not Given.CASH
    ]


def _price_names(
    _session: Session, _context: Context, rows: Mapping[str, Values]
) -> Mapping[str, Values]:
    words = {one.value: one.label for one in Given}
    return {
        row: {
            "what": words.get(row.split(KEY_SEPARATOR)[0], row),
            "of_year": int(row.split(KEY_SEPARATOR)[1]),
        }
        for row in rows
    }


UNIT_PRICES = Register(
    model=UnitPrice,
    help="Đơn giá quy đổi ngày công, đất, hiện vật ra tiền, do xã đặt theo văn bản của mình.",
    listed=("what", "of_year", "price", "basis"),
    order=lambda record: record.id,
    derived=(
        Column("what", "Góp bằng", Line(), derived=True),
        Column("of_year", "Năm", Year(), derived=True),
    ),
    derive=_price_names,
    keys=_price_keys,
)
