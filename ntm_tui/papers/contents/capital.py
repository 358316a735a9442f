"""Sentences about works, money and what people gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from db.reporting.money import Capital, Paid, WorkLine
from db.reporting.spans import Span
from ntm_tui.papers.contents.words import aside, bullets, day, listed, money, number, percent
from ntm_tui.papers.word.values import Known

FUNDS = Known("von", "vốn, giải ngân", several=True)
GIFTS = Known("huy_dong", "huy động sức dân", several=True)
WORKS = Known("cong_trinh", "công trình", several=True)

_GIVEN = {
    "cash": "{} nghìn đồng tiền mặt",
    "labour": "{} ngày công",
    "land": "{} m² đất",
    "materials": "{} đơn vị hiện vật",
}


def money_words(capital: Capital, span: Span) -> tuple[str, ...]:
    """Say how much is paid out, beside what was before."""
    total = capital.total
    if not capital.lines:
        return ("Chưa ghi kế hoạch vốn.",)
    found = [
        f"Tổng kế hoạch vốn {money(total.planned)}; đã giải ngân {money(total.paid)}, đạt "
        f"{percent(total.rate)}; {_paid_within(total, span)}."
    ]
    if carried := [it for it in capital.lines if it.carried]:
        years = sorted({it.year for it in carried if it.year})
        found.append(
            f"Vốn chuyển tiếp của năm {', '.join(map(str, years))}: kế hoạch "
            f"{money(capital.carried.planned)}, đã giải ngân {money(capital.carried.paid)}, đạt "
            f"{percent(capital.carried.rate)}."
        )
    if capital.unpaid_volume:
        found.append(
            f"Giá trị khối lượng đã hoàn thành, chưa giải ngân: {money(capital.unpaid_volume)}."
        )
    return tuple(found)


def _paid_within(total: Paid, span: Span) -> str:
    before = f"({span.before} {percent(total.rate_before)})"
    if not total.within:
        return f"trong kỳ chưa giải ngân thêm {before}"
    return f"riêng trong kỳ giải ngân {money(total.within)} {before}"


def work_words(capital: Capital, span: Span) -> tuple[str, ...]:
    """Say how each work that is not finished stands, and which were finished."""
    still = [it for it in capital.works if it.ended_on is None]
    done = [it for it in capital.works if span.holds(it.ended_on)]
    if not capital.works:
        return ("Chưa ghi công trình nào.",)
    late = sum(bool(it.late_days) for it in still)
    behind = f", trong đó chậm tiến độ {late}" if late else ""
    whole = sum(it.ended_on is not None for it in capital.works)
    found = [
        f"Xã có {len(capital.works)} công trình; đã hoàn thành {whole}, đang thi công "
        f"{len(still)}{behind}."
    ]
    found += bullets([_work(it, span) for it in still]) if still else ()
    if done:
        found.append(f"Hoàn thành trong kỳ: {listed(it.title for it in done)}.")
    return tuple(found)


def _work(work: WorkLine, span: Span) -> str:
    return f"{work.title}{aside(work.village)}: {volume_words(work, span)}"


def volume_words(work: WorkLine, span: Span) -> str:
    """Say how far a work is, and how late."""
    if work.ended_on is not None:
        return f"hoàn thành ngày {day(work.ended_on)}"
    parts = ["chưa ghi khối lượng"]
    if work.volume is not None:
        before = work.volume_before
        was = f" ({span.before} {percent(before)})" if before is not None else ""
        parts = [f"khối lượng {percent(work.volume)}{was}"]
    if work.late_days:
        parts.append(f"chậm {work.late_days} ngày so với dự kiến {day(work.planned_end)}")
    elif work.planned_end is not None:
        parts.append(f"dự kiến xong {day(work.planned_end)}")
    return ", ".join(parts)


def gift_words(capital: Capital) -> tuple[str, ...]:
    """Say what people gave since the beginning of the year, and in the span."""
    gifts = capital.gifts
    if not gifts.amounts:
        return ("Từ đầu năm chưa ghi khoản huy động nào.",)
    found = [
        f"Từ đầu năm huy động được {money(gifts.worth)} (đã quy đổi), gồm "
        f"{listed(_amounts(gifts.amounts))}."
    ]
    if gifts.amounts_within and gifts.amounts_within != gifts.amounts:
        found.append(
            f"Riêng trong kỳ: {money(gifts.within)}, gồm {listed(_amounts(gifts.amounts_within))}."
        )
    if gifts.unpriced:
        found.append(f"Còn {gifts.unpriced} khoản chưa có đơn giá nên chưa quy đổi.")
    return tuple(found)


def _amounts(amounts: Mapping[str, Decimal]) -> Iterator[str]:
    for given, words in _GIVEN.items():
        if amounts.get(given):
            yield words.format(number(amounts[given]))
