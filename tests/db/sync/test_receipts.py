import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.sync import cards, receipts
from db.sync.cards import Role
from db.sync.problems import BundleProblem, Code
from db.sync.receipts import Receipt, Tip
from db.sync.signed import make_signed
from tests._helpers.bundles import INCARNATION, KEY, OTHER_KEY, SCOPE

CARD = cards.read(
    cards.make(KEY, role=Role.UPPER, scope="lang-son", office="Huyện", machine="m", program="p")
)
OTHER_CARD = cards.read(
    cards.make(OTHER_KEY, role=Role.COMMUNE, scope=SCOPE, office="Xã", machine="m", program="p")
)
TIP = Tip(OTHER_KEY.id, INCARNATION, SCOPE, 9, "a" * 64)
FORK = Tip(OTHER_KEY.id, INCARNATION, SCOPE, 9, "b" * 64)
RECEIPT = Receipt(
    KEY.id, "0002deadbeef", 7, SCOPE, (TIP, FORK), ("c" * 64,), ("d" * 64,), "0001deadbeef"
)
DATA = receipts.make(KEY, RECEIPT)


def test_a_receipt_says_what_its_device_holds() -> None:
    assert receipts.read(DATA, CARD) == RECEIPT


def test_a_receipt_for_nothing_is_a_receipt() -> None:
    empty = Receipt(KEY.id, INCARNATION, 1, SCOPE, ())
    assert receipts.read(receipts.make(KEY, empty), CARD) == empty


def test_the_order_in_which_things_came_does_not_show() -> None:
    assert receipts.make(KEY, replace(RECEIPT, have=(FORK, TIP))) == DATA


def test_a_receipt_counts_from_its_own_device_only() -> None:
    with pytest.raises(BundleProblem):
        receipts.read(DATA, OTHER_CARD)
    with pytest.raises(BundleProblem):
        receipts.make(OTHER_KEY, RECEIPT)


def body(**fields: object) -> dict[str, object]:
    return {**json.loads(DATA)["receipt"], **fields}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        DATA.replace(b'"last":9', b'"last":8'),
        DATA.replace(b'"number":7', b'"number":8'),
        make_signed(OTHER_KEY, "receipt", body()),
        make_signed(KEY, "card", body()),
        *(
            make_signed(KEY, "receipt", body(**fields))
            for fields in (
                {"number": 0},
                {"number": "7"},
                {"incarnation": "1"},
                {"scope": "?"},
                {"have": {}},
                {"have": [1]},
                {"have": [{}]},
                {"detached": ["x"]},
                {"evidence": [1]},
                {"restored_from": ""},
            )
        ),
    ],
)
def test_a_receipt_that_does_not_hold_is_refused(data: bytes) -> None:
    with pytest.raises(BundleProblem) as raised:
        receipts.read(data, CARD)
    assert raised.value.flaw.code is Code.BAD_RECEIPT


statements = st.builds(
    lambda ordinal, text, number: Receipt(KEY.id, f"{ordinal:04d}{text}", number, SCOPE, ()),
    st.integers(1, 4),
    st.sampled_from(["00000000", "ffffffff"]),
    st.integers(1, 4),
)


def test_a_higher_number_replaces_a_lower_one() -> None:
    assert receipts.newer(replace(RECEIPT, number=8), RECEIPT)
    assert not receipts.newer(RECEIPT, replace(RECEIPT, number=8))
    assert not receipts.newer(RECEIPT, RECEIPT)


def test_a_new_incarnation_replaces_everything_before_even_with_less() -> None:
    restored = Receipt(KEY.id, "0003deadbeef", 1, SCOPE, ())
    assert receipts.newer(restored, RECEIPT)
    assert not receipts.newer(RECEIPT, restored)


@given(statements, statements, statements)
def test_of_several_statements_the_same_one_is_always_the_newest(
    one: Receipt, two: Receipt, three: Receipt
) -> None:
    if one != two:
        assert receipts.newer(one, two) != receipts.newer(two, one)
    if receipts.newer(one, two) and receipts.newer(two, three):
        assert receipts.newer(one, three)
