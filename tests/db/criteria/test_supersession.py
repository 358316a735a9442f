from dataclasses import replace

import pytest

from db.criteria.loader import load
from db.criteria.supersession import ChangeKind, compare
from tests._helpers.criteria import SMALL_SET

NEXT_SET = SMALL_SET.replace('id = "bo-thu"', 'id = "bo-moi"\nsupersedes = "bo-thu"')


def changes(text: str):
    found = compare(load(SMALL_SET.encode()), load(text.encode()))
    return [(c.kind, (c.new or c.old).number, c.what) for c in found]


def test_notes_and_sources_do_not_make_an_indicator_another_one():
    noted = NEXT_SET.replace('kind = "dat"', 'kind = "dat"\nnote = "Mới"')
    noted = noted.replace('threshold_source = "documented"', 'threshold_source = "unconfirmed"')
    assert changes(noted) == [(ChangeKind.UNCHANGED, "1.1", ()), (ChangeKind.UNCHANGED, "1.2", ())]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("value = 70", "value = 75", ("mức đạt",)),
        ("value = 70", "value = 70\nmen_women = true", ("tính riêng nam và nữ",)),
        ("value = 70", "value = 70\nmay_be_na = true", ("có thể không áp dụng",)),
        ("value = 70", "value = 70\nby_village = true", ("tính theo thôn",)),
        ('kind = "pct_ge"', 'kind = "pct_le"', ("cách tính",)),
        ('name = "Tỷ lệ hộ"', 'name = "Tỷ lệ thôn"', ("tên chỉ tiêu",)),
    ],
)
def test_what_differs_is_named(old, new, what):
    assert changes(NEXT_SET.replace(old, new))[0] == (ChangeKind.CHANGED, "1.1", what)


def test_a_renumbered_indicator_carries_over_and_an_unreplaced_one_is_dropped():
    swapped = NEXT_SET.replace('number = "1.1"', 'number = "1.3"\nreplaces = "1.1"')
    swapped = swapped.replace('number = "1.2"', 'number = "1.4"')
    assert changes(swapped) == [
        (ChangeKind.UNCHANGED, "1.3", ()),
        (ChangeKind.NEW, "1.4", ()),
        (ChangeKind.DROPPED, "1.2", ()),
    ]


def test_an_indicator_that_replaces_nothing_is_new_even_under_an_old_number():
    fresh = NEXT_SET.replace('number = "1.2"', 'number = "1.2"\nreplaces = ""')
    assert changes(fresh)[1:] == [(ChangeKind.NEW, "1.2", ()), (ChangeKind.DROPPED, "1.2", ())]


def test_a_confirmed_threshold_is_compared_by_what_it_asks_for():
    old, new = load(SMALL_SET.encode()), load(NEXT_SET.encode())
    group = new.groups[0]
    criterion = group.criteria[0]
    confirmed = replace(
        criterion.indicators[0],
        threshold=replace(criterion.indicators[0].threshold, document="QĐ 1062"),
    )
    criterion = replace(criterion, indicators=(confirmed, *criterion.indicators[1:]))
    new = replace(new, groups=(replace(group, criteria=(criterion,)),))
    assert {change.kind for change in compare(old, new)} == {ChangeKind.UNCHANGED}
