import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.canonical import dumps
from db.sync import bag
from db.sync.info import (
    BundleInfo,
    Counts,
    FeedSpan,
    Receiver,
    ReceiverKind,
    is_newer,
    read_info,
    write_info,
)
from db.sync.problems import BundleProblem, Code
from tests._helpers.bundles import INCARNATION, KEY, OTHER_KEY, SCOPE, info

FULL = info(
    receiver=Receiver(ReceiverKind.DEVICE, OTHER_KEY.id),
    full=True,
    feeds=(FeedSpan(KEY.id, INCARNATION, SCOPE, 1, 9),),
    counts=Counts(9, 1, 4795),
)


def test_a_manifest_reads_back_sorted() -> None:
    hashes = {"data/b": "b" * 64, "data/a": "a" * 64}
    data = bag.write_manifest(hashes)
    assert data.startswith(b"a" * 64 + b"  data/a\n")
    assert bag.read_manifest(data) == hashes
    assert bag.read_manifest(b"") == {}


@pytest.mark.parametrize(
    "data",
    [
        b"x",
        b"a" * 64 + b"  data/a",
        b"a" * 64 + b" data/a\n",
        b"A" * 64 + b"  data/a\n",
        b"a" * 64 + b"  data/a\n" + b"b" * 64 + b"  data/a\n",
        b"a" * 64 + b"  data/\xc3\xa1\n",
        b"a" * 64 + b"  data/a\r\n",
        b"\n",
    ],
)
def test_a_manifest_of_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(BundleProblem) as raised:
        bag.read_manifest(data)
    assert raised.value.flaw.code is Code.BAG_FORM


def test_the_code_is_six_characters_that_can_be_read_aloud() -> None:
    assert bag.bundle_code(b"manifest") == "0PSTQW"
    assert bag.bundle_code(b"manifesT") != bag.bundle_code(b"manifest")


def test_bag_info_says_who_when_and_how_much() -> None:
    text = bag.write_bag_info(FULL, "UBND xã Cai Kinh", 5235, 8).decode("utf-8")
    assert "Source-Organization: UBND xã Cai Kinh\n" in text
    assert "Bagging-Date: 2024-07-05\n" in text
    assert "External-Identifier: NTM_cai-kinh_4JN2MNC9_20240705_1\n" in text
    assert bag.read_oxum(text.encode()) == (5235, 8)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Payload-Oxum: x",
        b"Payload-Oxum: 1.1\nPayload-Oxum: 1.1\n",
        b"Payload-Oxum: " + b"9" * 5000 + b".1\n",
    ],
)
def test_a_bag_info_without_one_sum_gives_none(data: bytes) -> None:
    assert bag.read_oxum(data) is None


@pytest.mark.parametrize("described", [info(), FULL, info(receiver=Receiver(ReceiverKind.ALL))])
def test_a_description_reads_back(described: BundleInfo) -> None:
    assert read_info(write_info(described)) == described


def test_late_in_the_evening_the_vietnamese_day_counts() -> None:
    late = info(created=datetime(2024, 7, 5, 18, 0, tzinfo=UTC))
    assert late.name == "NTM_cai-kinh_4JN2MNC9_20240706_1"


def body(**fields: object) -> bytes:
    return dumps({**json.loads(write_info(FULL)), **fields}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        body(format=0),
        body(sender="x"),
        body(commune="x"),
        body(commune={"code": "X", "name": "x"}),
        body(created="2024-13-05T00:00:00Z"),
        body(created="0001-01-01T00:00:00"),
        body(created="9999-12-31T23:59:59Z"),
        body(number=0),
        body(practice=1),
        body(receiver={"kind": "king"}),
        body(receiver={"kind": []}),
        body(receiver={"kind": "device"}),
        body(feeds=[1]),
        body(feeds=[{}]),
        body(counts={"changes": -1, "evidence": 0, "bytes": 0}),
        body(counts=[]),
    ],
)
def test_a_description_of_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(BundleProblem) as raised:
        read_info(data)
    assert raised.value.flaw.code is Code.BAD_DESCRIPTION


def test_a_newer_format_is_told_whatever_else_it_says() -> None:
    for data in (body(format=2), b'{"format":2,"all":"different"}'):
        assert is_newer(data)
        with pytest.raises(BundleProblem) as raised:
            read_info(data)
        assert raised.value.flaw.code is Code.NEWER_FORMAT
    assert not is_newer(body())
    assert not is_newer(b"junk")


@given(st.binary(max_size=200))
def test_no_bytes_make_the_readers_crash(junk: bytes) -> None:
    assert not is_newer(junk)
    bag.read_oxum(junk)
    for read in (bag.read_manifest, read_info):
        try:
            read(junk)
        except BundleProblem as problem:
            assert problem.flaw.message
