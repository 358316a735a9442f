"""Values are understood as people type them, and shown as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.kinds import (
    MONEY,
    Choice,
    Choices,
    Count,
    Date,
    Kind,
    KindProblem,
    Labelled,
    Line,
    Link,
    Links,
    Names,
    Paragraph,
    Percent,
    Split,
    WrittenDate,
    Year,
    YesNo,
)
from db.models import entities
from db.models.base import declarations
from db.text import nfc


class Fruit(Labelled):
    PLUM = "plum", "Mận"
    CUSTARD_APPLE = "custard_apple", "Na"
    LYCHEE = "lychee", "Vải thiều"


NAMES = Names(
    {
        "village": {"dong-mo": "Thôn Đồng Mỏ", "thon-2": "Thôn 2", "thon-10": "Thôn 10"},
        "indicator": {"s/2.1": "2.1 Đường xã", "s/12.1": "12.1 Lao động", "s/12.2": "12.2 Việc"},
    },
    {"village": {"khe-mo": "Thôn Khe Mỏ"}},
)
VILLAGE = Link("village", "thôn")


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (Line(), "  đường   thôn ", "đường thôn", "đường thôn"),
        (Paragraph(), "một\r\nhai\n", "một\nhai", "một hai"),
        (WrittenDate(), "20/20/2023", "20/20/2023", "20/20/2023"),
        (Count(), "1.234", 1234, "1.234"),
        (Year(), "2022", 2022, "2022"),
        (MONEY, "1.234,5", Decimal("1234.5"), "1.234,5"),
        (MONEY, "1,234.5", Decimal("1234.5"), "1.234,5"),
        (Percent(), "66,54 %", Decimal("66.54"), "66,54"),
        (Date(), "5/7/2024", date(2024, 7, 5), "05/07/2024"),
        (Choice(Fruit), "2", "custard_apple", "Na"),
        (Choice(Fruit), "vai", "lychee", "Vải thiều"),
        (Choices(Fruit), "3, mận", ["plum", "lychee"], "Mận, Vải thiều"),
        (YesNo(), "khong", False, "Không"),
        (YesNo(), "1", True, "Có"),
        (Split(Fruit), "na 500; 3 20,5", {"custard_apple": "500", "lychee": "20.5"},
         "520,5 (Na 500; Vải thiều 20,5)"),
        (VILLAGE, "dong mo", "dong-mo", "Thôn Đồng Mỏ"),
        (VILLAGE, "thôn 2", "thon-2", "Thôn 2"),
        (Link("indicator", "chỉ tiêu"), "2.1", "s/2.1", "2.1 Đường xã"),
        (Links("indicator", "chỉ tiêu"), "2.1, 12.2", ["s/2.1", "s/12.2"],
         "2.1 Đường xã; 12.2 Việc"),
    ],
)  # fmt: skip
def test_what_is_typed_is_understood_and_shown(
    kind: Kind, typed: str, value: Any, shown: str
) -> None:
    assert kind.read(typed, NAMES) == value
    assert kind.show(value, NAMES) == shown
    assert kind.read(kind.entry(value, NAMES), NAMES) == value


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        (Count(), "67,5", "số nguyên"),
        (Count(), "-3", "không được âm"),
        (MONEY, "-5", "không được âm"),
        (MONEY, "năm mươi", "không phải là số"),
        (Percent(), "100,1", "từ 0 đến 100"),
        (Year(), "24", "2000 đến 2100"),
        (Date(), "31/02/2024", "không phải là ngày có thật"),
        (Choice(Fruit), "9", "1 Mận; 2 Na; 3 Vải thiều"),
        (Choice(Fruit), "", "Hãy gõ một số"),
        (Split(Fruit), "500", "cả tên nguồn và số tiền"),
        (Split(Fruit), "na -1", "không được âm"),
        (VILLAGE, "thon", "Thôn Đồng Mỏ; Thôn 2; Thôn 10"),
        (VILLAGE, "Khe Mo", "Không có thôn"),
        (Link("member", "thành viên"), "an", "Hãy thêm thành viên trước"),
    ],
)
def test_what_cannot_be_is_told_with_what_is_expected(kind: Kind, typed: str, told: str) -> None:
    with pytest.raises(KindProblem, match=told):
        kind.read(typed, NAMES)


def test_a_row_that_was_deleted_keeps_its_name_and_one_unknown_says_so() -> None:
    assert VILLAGE.show("khe-mo", NAMES) == "Thôn Khe Mỏ (đã xóa)"
    assert VILLAGE.show("x", NAMES) == "(không có trên máy này)"


def test_what_only_a_newer_program_knows_is_shown_as_it_is() -> None:
    assert Choice(Fruit).show("durian") == "durian"
    assert Choices(Fruit).show(["plum", "durian"]) == "Mận, durian"
    assert Split(Fruit).total({"plum": "1.5", "durian": "2", "na": "x"}) == Decimal("3.5")


def test_villages_are_in_the_order_of_a_vietnamese_reader() -> None:
    codes = ["thon-10", "dong-mo", "thon-2"]
    assert sorted(codes, key=lambda it: VILLAGE.order(it, NAMES)) == [
        "thon-2",
        "thon-10",
        "dong-mo",
    ]


@given(st.text())
def test_any_words_are_kept_composed_and_shown_on_one_line(text: str) -> None:
    value = Paragraph().read(text)
    assert value == nfc(value)
    assert "\n" not in Paragraph().show(value)


@given(st.decimals(0, 10**9, places=4, allow_nan=False))
def test_any_amount_comes_back_from_what_is_shown(amount: Decimal) -> None:
    assert MONEY.read(MONEY.show(amount)) == amount


@pytest.mark.parametrize("entity", sorted(entities()))
def test_every_field_has_a_label_and_its_kind_fits_its_column(entity: str) -> None:
    from db.models.base import columns

    model = entities()[entity]
    assert model.subject[0].isupper() and model.called
    for name, declared in declarations(model).items():
        assert declared.label[0].isupper()
        assert isinstance(columns(model)[name], declared.kind.column)
