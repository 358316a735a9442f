import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.canonical import dumps
from db.sync import cards
from db.sync.cards import Card, Role
from db.sync.opening_keys import OpeningKey
from db.sync.problems import BundleProblem, Code
from db.sync.signed import make_signed
from tests._helpers.bundles import KEY, OTHER_KEY, SCOPE

TEXTS = {"office": "UBND xã Cai Kinh", "machine": "máy 1", "program": "ntm-tui 0.1.0"}
DATA = cards.make(KEY, role=Role.COMMUNE, scope=SCOPE, **TEXTS)


def body(**fields: object) -> dict[str, object]:
    return {**json.loads(DATA)["card"], **fields}


def test_a_card_says_who_a_device_is() -> None:
    assert cards.read(DATA) == Card(KEY.id, KEY.public.hex(), Role.COMMUNE, SCOPE, **TEXTS)
    assert cards.read(DATA).public == KEY.public


def test_the_same_card_has_the_same_bytes() -> None:
    assert cards.make(KEY, role=Role.COMMUNE, scope=SCOPE, **TEXTS) == DATA


def test_what_a_newer_program_adds_to_a_card_is_signed_and_otherwise_ignored() -> None:
    data = make_signed(KEY, "card", {**body(), "colour": "red"})
    assert cards.read(data) == cards.read(DATA)
    with pytest.raises(BundleProblem):
        cards.read(data.replace(b"red", b"blu"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        DATA.replace(b"Cai Kinh", b"Hoa Lac "),
        DATA.replace(b'"commune"', b'"upper"'),
        make_signed(OTHER_KEY, "card", body()),
        make_signed(OTHER_KEY, "card", body(device=OTHER_KEY.id)),
        make_signed(KEY, "card", body(device=OTHER_KEY.id)),
        make_signed(KEY, "card", body(role="king")),
        make_signed(KEY, "card", body(scope="Xã Cai Kinh")),
        make_signed(KEY, "card", body(office=5)),
        make_signed(KEY, "card", body(machine="x" * 201)),
        make_signed(KEY, "card", body(office="two\nlines")),
        make_signed(KEY, "card", body(public_key="00")),
        make_signed(KEY, "receipt", body()).replace(b'"receipt":', b'"card":', 1),
        dumps({"card": body(), "signature": "zz"}).encode(),
        dumps({"card": body(), "signature": 1}).encode(),
        dumps({"card": body()}).encode(),
        dumps({"card": [], "signature": ""}).encode(),
    ],
)
def test_a_card_that_does_not_hold_is_refused(data: bytes) -> None:
    with pytest.raises(BundleProblem) as raised:
        cards.read(data)
    assert raised.value.flaw.code is Code.BAD_CARD


@given(st.binary(max_size=300), st.integers(0, len(DATA)), st.integers(0, 9))
def test_no_bytes_make_the_reader_crash(junk: bytes, place: int, cut: int) -> None:
    for data in (junk, DATA[:place] + junk + DATA[place + cut :]):
        try:
            assert cards.read(data) == cards.read(DATA)
        except BundleProblem as problem:
            assert problem.flaw.code is Code.BAD_CARD


def test_a_card_that_nobody_could_read_is_not_made() -> None:
    with pytest.raises(BundleProblem):
        cards.make(KEY, role=Role.UPPER, scope="Huyện", **TEXTS)


RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


def test_a_card_says_to_which_key_one_encrypts() -> None:
    data = cards.make(KEY, role=Role.COMMUNE, scope=SCOPE, recipient=RECIPIENT, **TEXTS)
    assert cards.read(data) == replace(cards.read(DATA), recipient=RECIPIENT)
    assert cards.recipient_of(data) == RECIPIENT


def test_a_card_of_an_older_program_names_none() -> None:
    assert cards.read(DATA).recipient == ""
    assert cards.recipient_of(DATA) == ""
    assert "age" not in json.loads(DATA)["card"]


@pytest.mark.parametrize("value", ["age1pq1xyz", "", 5, None, {"x": 1}, f"{RECIPIENT}\n", "AGE1"])
def test_a_key_of_another_kind_leaves_the_card_readable(value: object) -> None:
    data = make_signed(KEY, "card", body(age=value))
    assert cards.read(data) == cards.read(DATA)
    assert cards.recipient_of(data) == ""


def test_nobody_can_put_another_key_on_a_card() -> None:
    data = cards.make(KEY, role=Role.COMMUNE, scope=SCOPE, recipient=RECIPIENT, **TEXTS)
    other = OpeningKey.generate().recipient
    with pytest.raises(BundleProblem):
        cards.read(data.replace(RECIPIENT.encode(), other.encode()))
