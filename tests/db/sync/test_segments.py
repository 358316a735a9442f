import json
import time
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.canonical import dumps
from db.sync.records import Ref, WireChange
from db.sync.segments import hash_of, parse, parse_header, seal
from db.sync.wire import WireProblem
from tests._helpers.bundles import INCARNATION, KEY, OTHER_KEY, SCOPE, change, changes, segment

FEED = {
    "device": KEY.id,
    "incarnation": INCARNATION,
    "scope": SCOPE,
    "previous": "",
    "practice": False,
}
LATER = {**FEED, "previous": "c" * 64}


def sealed(*made: WireChange) -> bytes:
    return seal(made, **(FEED if made[0].seq == 1 else LATER))


def lines_of(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.splitlines()]


def test_changes_come_back_as_they_went_in() -> None:
    made = changes(1, 200)
    read = parse(seal(made, **FEED))
    assert read.changes == tuple(made)
    assert read.header.feed == (KEY.id, INCARNATION, SCOPE)
    assert (read.header.first, read.header.last, read.header.previous) == (1, 200, "")


def test_the_hash_is_that_of_the_bytes_and_the_header_reads_alone() -> None:
    data = segment(6, 9, previous="c" * 64)
    assert parse(data).hash == hash_of(data)
    assert parse_header(data) == parse(data).header
    assert parse_header(data[: data.index(b"\n") + 1] + b"rubbish") == parse(data).header


def test_the_bytes_of_version_1_never_change() -> None:
    assert segment(1, 2).decode("utf-8") == (
        '{"device":"4JN2MNC9XQ5NFZN0QRTN5W35","first":1,"incarnation":"0001deadbeef",'
        '"kind":"segment","last":2,"officers":["Công chức địa chính"],"practice":false,'
        '"previous":"","schema":1,"scope":"lang-son/huu-lung/cai-kinh"}\n'
        '{"e":"assessment","f":"status","r":"xa-ntm-2021-2025|2.1|2024|",'
        '"t":"019077fe2125.0000","v":{"reason":"","status":"not_met"},"w":1}\n'
        '{"e":"assessment","f":"status","r":"xa-ntm-2021-2025|3.1|2024|",'
        '"t":"019077ff124a.0000","v":{"reason":"","status":"in_progress"}}\n'
    )


def test_what_is_usual_is_left_out_and_what_is_not_is_written() -> None:
    own = "0190784e6125.0000"
    usual = change(1, clock=own, written_at=int(own[:12], 16), action=own, officer="A")
    odd = change(2, officer="B", action=own)
    body = lines_of(sealed(usual, odd))
    assert set(body[1]) == {"t", "e", "r", "f", "v"}
    assert body[2]["o"] == 1
    assert body[2]["a"] == own
    assert parse(sealed(usual, odd)).changes == (usual, odd)


def test_references_are_short_where_they_can_be() -> None:
    other = Ref(OTHER_KEY.id, "0002deadbeef", 7, "a" * 16)
    earlier = Ref(KEY.id, INCARNATION, 2, "b" * 16)
    same = Ref(KEY.id, INCARNATION, 6, "")
    data = sealed(change(6), change(7, based_on=(same, earlier, other)))
    assert lines_of(data)[2]["b"] == [
        6,
        "2:" + "b" * 16,
        f"{OTHER_KEY.id}/0002deadbeef/7:aaaaaaaaaaaaaaaa",
    ]
    own_hash = hash_of(data)[:16]
    assert parse(data).changes[1].based_on == (replace(same, segment16=own_hash), earlier, other)


def test_50_status_changes_travel_in_well_under_4_kilobytes() -> None:
    refs = [
        (Ref(KEY.id, INCARNATION, seq, hash_of(str(seq).encode())[:16]),) for seq in range(1, 51)
    ]
    made = [change(seq + 1000, based_on=refs[seq - 1]) for seq in range(1, 51)]
    assert len(zlib.compress(seal(changes(1, 50), **FEED))) < 1_000
    assert len(zlib.compress(seal(made, **LATER))) < 2_000


def test_sealing_30000_changes_takes_well_under_half_a_second() -> None:
    made = changes(1, 30_000)
    spent = []
    for _ in range(3):
        start = time.process_time()
        seal(made, **FEED)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.5


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
clocks = st.builds(
    lambda ms, counter: f"{ms:012x}.{counter:04x}",
    st.integers(0, 0x7FFF_FFFF_FFFF),
    st.integers(0, 0xFFFF),
)
foreign_refs = st.builds(
    Ref,
    st.sampled_from([KEY.id, OTHER_KEY.id]),
    st.sampled_from([INCARNATION, "0002deadbeef"]),
    st.integers(1, 10**6),
    st.sampled_from(["a" * 16, "0123456789abcdef"]),
)
wire_changes = st.builds(
    WireChange,
    seq=st.just(0),
    clock=clocks,
    written_at=st.integers(0, 253_402_300_799_999),
    officer=names,
    action=names,
    entity=names,
    row=names,
    field=names,
    value=values,
    based_on=st.lists(foreign_refs, max_size=3).map(tuple),
)


@given(st.lists(wire_changes, min_size=1, max_size=6), st.integers(1, 10**9), st.booleans())
def test_whatever_is_sealed_reads_back(made: list[WireChange], first: int, practice: bool) -> None:
    numbered = [replace(item, seq=first + place) for place, item in enumerate(made)]
    feed = {**(FEED if first == 1 else LATER), "practice": practice}
    data = seal(numbered, **feed)
    assert parse(data).changes == tuple(numbered)
    assert parse(data).header.practice is practice
    assert seal(numbered, **feed) == data
    assert all(dumps(json.loads(line)).encode() == line for line in data.split(b"\n")[:-1])


@given(values)
def test_any_value_comes_back_exactly(value: object) -> None:
    data = sealed(change(1, value=value))
    assert parse(data).changes[0].value == value


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 1.5},
        {"value": float("nan")},
        {"value": {"a": [0.1]}},
        {"value": 2**53},
        {"value": {1: "a"}},
        {"value": b"bytes"},
        {"value": "half \ud800 character"},
        {"value": "x" * 1_000_001},
        {"entity": "two\nlines"},
        {"row": "x" * 201},
        {"field": 7},
        {"clock": "yesterday"},
        {"written_at": 253_402_300_800_000},
        {"written_at": -1},
        {"officer": "a\x00b"},
        {"based_on": (Ref(KEY.id, INCARNATION, 1, ""),)},
        {"based_on": (Ref(OTHER_KEY.id, INCARNATION, 1, ""),)},
        {"based_on": (Ref(KEY.id, INCARNATION, 1, "short"),)},
        {"based_on": (Ref("x", "y", 1, "a" * 16),)},
    ],
)
def test_what_no_reader_would_accept_is_not_sealed(fields: dict[str, object]) -> None:
    with pytest.raises(WireProblem):
        seal([change(1, **fields)], **FEED)


@pytest.mark.parametrize(
    "wrong",
    [
        {"device": "x"},
        {"incarnation": "1"},
        {"scope": "Lạng Sơn"},
        {"scope": "../shared"},
        {"previous": "c" * 64},
        {"schema": 0},
    ],
)
def test_a_wrong_feed_is_not_sealed(wrong: dict[str, object]) -> None:
    with pytest.raises(WireProblem):
        seal(changes(1, 2), **{**FEED, **wrong})


@pytest.mark.parametrize("numbers", [(1, 3), (1, 1), (2, 1), (2, 3), (0, 1)])
def test_changes_with_gaps_are_not_sealed(numbers: tuple[int, int]) -> None:
    with pytest.raises(WireProblem):
        seal([change(seq) for seq in numbers], **FEED)


def test_nothing_gives_no_segment() -> None:
    with pytest.raises(WireProblem):
        seal([], **FEED)


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


def test_values_nest_16_deep_and_no_deeper() -> None:
    assert parse(sealed(change(1, value=nested(16)))).changes[0].value == nested(16)
    with pytest.raises(WireProblem):
        sealed(change(1, value=nested(17)))
