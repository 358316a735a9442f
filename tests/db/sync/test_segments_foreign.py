"""Segments from other hands: read strictly, and never a crash."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.canonical import dumps
from db.sync import segments
from db.sync.problems import BundleProblem, Code
from db.sync.segments import parse, parse_header
from db.sync.wire import WireProblem
from tests._helpers.bundles import segment


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


def lines_of(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.splitlines()]


GOOD = segment(1, 3)


def with_line(number: int, **fields: object) -> bytes:
    lines = lines_of(GOOD)
    lines[number] = {**lines[number], **fields}
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def test_other_spacing_order_and_unknown_keys_do_no_harm() -> None:
    assert parse(with_line(1, zz={"new": 1})).changes == parse(GOOD).changes
    assert parse(with_line(0, future=[1])).header == parse(GOOD).header


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"{}\n",
        b"[]\n",
        b"null\n",
        GOOD[:-1],
        GOOD + b"\n",
        GOOD + b"{}\n",
        GOOD[: GOOD.rindex(b"{")],
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b'"status"', b'"\xff"', 1),
        GOOD.replace(b'"met"', b'"\\ud800"').replace(b'"not_met"', b'"\\ud800"'),
        GOOD.replace(b'{"e":', b'{"e":"twice","e":', 1),
        b"[" * 100_000 + b"\n",
        with_line(0, kind="card"),
        with_line(0, first=2, last=4),
        with_line(0, last=4),
        with_line(0, last=10**9),
        with_line(0, first=True),
        with_line(0, first="1"),
        with_line(0, officers=[]),
        with_line(0, officers="A"),
        with_line(0, officers=[1]),
        with_line(0, practice=0),
        with_line(0, device="../../etc/passwd"),
        with_line(0, scope="a" * 300),
        with_line(0, schema="1"),
        with_line(1, v=1.5),
        with_line(1, v=float("nan")),
        with_line(1, v=float("inf")),
        with_line(1, v=10**400),
        with_line(1, v=nested(17)),
        with_line(1, v=nested(500)),
        with_line(1, v="x" * 1_000_001),
        with_line(1, t=5),
        with_line(1, t="0190784e6125"),
        with_line(1, t="ffffffffffff.0000"),
        with_line(1, w=10**15),
        with_line(1, w=-(10**15)),
        with_line(1, w="1"),
        with_line(1, o=1),
        with_line(1, o=-1),
        with_line(1, o=False),
        with_line(1, e=None),
        with_line(1, r="a\nb"),
        with_line(1, a="x" * 201),
        with_line(1, b=5),
        with_line(1, b=[1]),
        with_line(1, b=[0]),
        with_line(1, b=[True]),
        with_line(1, b=["x"]),
        with_line(1, b=["0:" + "a" * 16]),
        with_line(1, b=["1:" + "a" * 16] * 1001),
    ],
)
def test_bytes_of_another_form_are_refused(data: bytes) -> None:
    with pytest.raises(BundleProblem) as raised:
        parse(data)
    assert raised.value.flaw.code is Code.BAD_SEGMENT


def test_a_missing_part_of_a_change_is_noticed() -> None:
    for key in "terfv":
        lines = lines_of(GOOD)
        del lines[2][key]
        data = b"".join(dumps(line).encode() + b"\n" for line in lines)
        with pytest.raises(BundleProblem):
            parse(data)


def test_a_newer_schema_is_told_apart_from_damage() -> None:
    newer = segment(1, 2, schema=2)
    for read in (parse, parse_header):
        with pytest.raises(BundleProblem) as raised:
            read(newer)
        assert raised.value.flaw.code is Code.NEWER_SCHEMA
    assert parse(newer, newest=2).header.schema == 2


def test_too_many_changes_are_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(segments, "MAX_CHANGES", 2)
    with pytest.raises(BundleProblem):
        parse(GOOD)
    with pytest.raises(WireProblem):
        segment(1, 3)


@given(st.binary(max_size=200), st.integers(0, len(GOOD)), st.integers(0, 20))
def test_no_bytes_make_the_reader_crash(junk: bytes, place: int, cut: int) -> None:
    for data in (junk, GOOD[:place] + junk + GOOD[place + cut :]):
        try:
            parse(data)
        except BundleProblem as problem:
            assert problem.flaw.code in (Code.BAD_SEGMENT, Code.NEWER_SCHEMA)
