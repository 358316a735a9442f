"""Segments that may not count, whoever signed them; each is kept aside and blocks nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from db.canonical import dumps
from db.journal.heads import EXISTS
from db.sync import cards, layout
from db.sync.cards import Role
from db.sync.problems import Code
from tests._helpers.bundles import KEY, OTHER_KEY, SCOPE, info
from tests._helpers.histories import Pen
from tests._helpers.hostile.family import Archives, family
from tests._helpers.hostile.world import (
    OTHER_SEED,
    SHARED,
    STRANGER_SEED,
    Files,
    at,
    bagged,
    base_payload,
    base_pens,
    own_pen,
    signed,
    upper_pen,
    zipped,
)

MINH_TIEN = "lang-son/huu-lung/minh-tien"
_INCARNATIONS = (f"0002{number:08x}" for number in range(10**6))


def carrying(more: Files) -> bytes:
    """The sound bundle with some files more."""
    return zipped(bagged({**base_payload(), **more}))


def one_change(pen: Pen, entity: str = "village", name: str = "name", value: Any = "xấu") -> bytes:
    """A segment of one change by a machine, in a feed that nobody has seen."""
    fresh = replace(pen, incarnation=next(_INCARNATIONS), sealed=[], made=[], pending=[])
    fresh.write(entity, "dong-mo", name, value)
    made = fresh.seal()
    assert made is not None
    return made.read()


def _lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def _written(lines: list[dict[str, Any]]) -> bytes:
    return b"".join(dumps(line).encode() + b"\n" for line in lines)


def _headed(**said: Any) -> bytes:
    header, *rest = _lines(one_change(own_pen()))
    return _written([{**header, **said}, *rest])


@family(Code.SEGMENT_SIGNATURE, says="Chữ ký của một phần dữ liệu", whole=False)
def segments_with_false_signatures() -> Archives:
    data = one_change(own_pen())
    name = next(iter(signed(data, KEY)))
    true = KEY.sign(data)
    for what, signature in {
        "zeros": bytes(64), "empty": b"", "of another": OTHER_KEY.sign(data), "cut": true[:63],
        "long": true + b"x", "of other bytes": KEY.sign(data + b"\n"), "hex": true.hex().encode(),
        "a megabyte": bytes(1_000_000), "of its hash": KEY.sign(hashlib.sha256(data).digest()),
    }.items():  # fmt: skip
        yield what, carrying({name: data, f"{name}.sig": signature})
    yield "none", carrying({name: data})
    for pen in base_pens():
        for one in pen.made:
            yield f"{one.member} signed by another", carrying({f"{one.member}.sig": bytes(64)})
    for bit in range(0, 512, 32):
        flipped = bytearray(true)
        flipped[bit // 8] ^= 1 << bit % 8
        yield f"bit {bit}", carrying({name: data, f"{name}.sig": bytes(flipped)})


@family(Code.SEGMENT_SIGNATURE, says="Chữ ký của một phần dữ liệu", whole=False)
def segments_that_exchanged_their_signatures() -> Archives:
    made = [one for pen in base_pens() for one in pen.made]
    for one, other in pairwise(made):
        swapped = {f"{one.member}.sig": other.signature, f"{other.member}.sig": one.signature}
        yield one.member, carrying(swapped)


@family(Code.SEGMENT_NAME, says="Tên của một phần dữ liệu", whole=False)
def segments_under_anothers_name() -> Archives:
    data = one_change(own_pen())
    true = next(iter(signed(data, KEY)))
    device, incarnation, scope8, first, last, hash16 = true[14:-6].split("-")
    parts = [device, incarnation, scope8, first, last, hash16]
    for place, other in (
        (0, OTHER_KEY.id), (0, "0" * 24), (1, "0001deadbeef"), (1, "9999ffffffff"),
        (2, layout.scope8(SHARED)), (2, "0" * 8), (3, "2"), (4, "2"), (4, "999999999999"),
        (5, "0" * 16), (5, hash16[::-1]),
    ):  # fmt: skip
        name = "-".join([*parts[:place], other, *parts[place + 1 :]])
        if place != 3:
            yield name, carrying(signed(data, KEY, f"data/segments/{name}.jsonl"))
    made = [one for pen in base_pens() for one in pen.made]
    for one, other in pairwise(made):
        files = {one.member: other.read(), f"{one.member}.sig": other.signature}
        yield f"exchanged: {one.member}", carrying(files)


@family(Code.NO_CARD, says="thiếu thẻ", whole=False)
def segments_of_machines_without_a_card() -> Archives:
    for pen in base_pens()[1:3]:
        payload = base_payload()
        del payload[layout.card_name(pen.key.id)]
        yield pen.key.id, zipped(bagged(payload))
    for seed in range(100, 110):
        pen = Pen(seed, lambda: at(9))
        yield pen.key.id, carrying(signed(one_change(pen), pen.key))


@family(Code.WRONG_SCOPE, says="thuộc xã khác", whole=False)
def segments_of_other_communes() -> Archives:
    for scope in (
        MINH_TIEN, "lang-son", "lang-son/huu-lung", f"{SCOPE}/x", "a", "share", "shared/x",
        "lang-son/huu-lung/cai-kin", "x/y/cai-kinh",
    ):  # fmt: skip
        yield scope, carrying(signed(one_change(own_pen(scope)), KEY))
        upper = upper_pen(scope)
        yield f"the district about {scope}", carrying(signed(one_change(upper), upper.key))


@family(Code.PRACTICE_MIXED, says="tập dùng", whole=False)
def segments_of_practice() -> Archives:
    for _ in range(3):
        yield "practice", carrying(signed(_headed(practice=True), KEY))


@family(Code.NEWER_SCHEMA, says="cần bản mới hơn", whole=False)
def segments_of_a_newer_program() -> Archives:
    for schema in (2, 3, 1000, 2**53 - 1):
        yield f"schema {schema}", carrying(signed(_headed(schema=schema), KEY, _some_name()))
    lines = [{"kind": "segment", "schema": 2, "new": {"x": [1]}}, {"anything": "else"}]
    yield "of another form", carrying(signed(_written(lines), KEY, _some_name()))


def _some_name() -> str:
    return (
        f"data/segments/{KEY.id}-{next(_INCARNATIONS)}-{layout.scope8(SCOPE)}-1-1-{'a' * 16}.jsonl"
    )


@family(Code.CHAIN_BROKEN, says="không nối tiếp nhau", whole=False)
def segments_that_do_not_follow_each_other() -> Archives:
    own, other, upper, shared = base_pens()
    for pen, before in (
        (own, other), (own, upper), (own, shared), (other, own), (upper, own), (upper, shared),
        (shared, upper), (shared, own),
    ):  # fmt: skip
        for first in (2, 7, 500):
            lines = _lines(pen.made[0].read())[:2]
            lines[0] |= {"first": first, "last": first, "previous": before.made[0].hash}
            yield f"{first}", carrying(signed(_written(lines), pen.key))
    for first, place in ((2, 0), (4, 0), (6, 0), (99, 0), (6, 1), (8, 1), (10**9, 1)):
        lines = _lines(own.made[0].read())[:2]
        lines[0] |= {"first": first, "last": first, "previous": own.made[place].hash}
        yield f"{first} behind {place}", carrying(signed(_written(lines), KEY))


_OUT_OF_TIME = ("3fffffffffff.0000", "7fffffffffff.ffff")


@family("clock", says="sau năm 2100", whole=False)
def segments_from_the_far_future() -> Archives:
    for hours in (0, 1, 24, 10**6):
        ms = 4_102_444_800_000 + 366 * 86_400_000 + hours * 3_600_000 + 1
        for pen in (own_pen(), Pen(OTHER_SEED, lambda: at(1)), upper_pen()):
            lines = _lines(one_change(pen, *_fitting(pen)))
            lines[1] |= {"t": f"{ms:012x}.0000"}
            yield f"{hours} hours on", carrying(signed(_written(lines), pen.key))
    for reading in _OUT_OF_TIME:
        lines = _lines(one_change(own_pen()))
        lines[1] |= {"t": reading, "w": -(int(reading[:12], 16) - at(0))}
        yield reading, carrying(signed(_written(lines), KEY))


def _fitting(pen: Pen) -> tuple[str, str, Any]:
    upper = pen.role is Role.UPPER
    return ("verdict", "note", "xấu") if upper else ("village", "name", "xấu")


@family("authority", says="không thuộc quyền", whole=False)
def segments_that_write_what_is_not_theirs() -> Archives:
    own, upper = own_pen(), upper_pen()
    theirs = (
        ("verdict", "note"), ("verdict", "status"), ("verdict", EXISTS), ("obstacle", "reply"),
        ("obstacle", "replied_on"), ("upper_request", EXISTS), ("upper_request", "title"),
        ("upper_inspection", "mend"), ("upper_trust", "trusted"), ("upper_trust", "revoked"),
        ("appraisal", "note"), ("commune", "merged_into"), ("commune", "valid_to"),
        ("agency", "name"), ("published_set", "content"), ("guidance", "text"),
    )  # fmt: skip
    for entity, name in theirs:
        yield f"{entity}.{name}", carrying(signed(one_change(own, entity, name), KEY))
    for entity, name in (
        ("village", "name"), ("village", EXISTS), ("assessment", "status"), ("officer", EXISTS),
        ("device_trust", "trusted"), ("device_trust", "revoked"), ("commune", "name"),
        ("obstacle", EXISTS), ("obstacle", "title"), ("upper_request", "state"),
        ("evidence", "sha256"), ("threshold_confirmation", "threshold"), ("task", "title"),
    ):  # fmt: skip
        yield f"{entity}.{name}", carrying(signed(one_change(upper, entity, name), upper.key))
    for entity in ("village", "agency", "published_set", "upper_trust", "moi"):
        for pen in (own_pen(SHARED), Pen(OTHER_SEED, lambda: at(1), scope=SHARED)):
            data = one_change(pen, entity, EXISTS, True)
            yield f"published {entity}", carrying(signed(data, pen.key))


@family("untrusted", says="Chưa ai ở đây xác nhận máy này", whole=False)
def segments_of_strangers() -> Archives:
    for seed in range(STRANGER_SEED, STRANGER_SEED + 30):
        pen = Pen(seed, lambda: at(9), role=Role.UPPER if seed % 3 else Role.COMMUNE)
        more = {layout.card_name(pen.key.id): pen.card, **signed(one_change(pen), pen.key)}
        yield f"a stranger's {seed}", carrying(more)
    for seed in range(90, 100):  # the stranger sends the bundle itself, with evidence
        pen = Pen(seed, lambda: at(9))
        paper = b"%PDF stranger " + bytes([seed])
        digest = hashlib.sha256(paper).hexdigest()
        payload = {
            layout.card_name(pen.key.id): pen.card, **signed(one_change(pen), pen.key),
            f"data/evidence/{digest}.pdf": paper,
        }  # fmt: skip
        made = info(sender=pen.key.id)
        yield f"sent by {seed}", zipped(bagged(payload, made, pen.key), made.name)
    for role, scope in ((Role.COMMUNE, MINH_TIEN), (Role.UPPER, "lang-son/chi-lang")):
        pen = Pen(STRANGER_SEED, lambda: at(9))
        card = cards.make(
            pen.key, role=role, scope=scope, office="UBND", machine="máy", program="ntm 0"
        )
        more = {layout.card_name(pen.key.id): card, **signed(one_change(pen), pen.key)}
        yield f"of {scope}", carrying(more)


Spoil = Callable[[list[dict[str, Any]]], object]


def _said(place: int, **said: Any) -> Spoil:
    return lambda lines: lines[place].update(said)


def _nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def _odd_lines() -> Iterator[tuple[str, Spoil]]:
    for field, values in {
        "v": (_nested(17), {"x": _nested(16)}, 2**53, -(2**53), 10**30, "x" * 1_000_001),
        "t": (5, "", "x", "0190784e6125", "ffffffffffff.0000", "0190784E6125.0000", None),
        "w": (10**15, -(10**15), "1", True, None, 2**60),
        "o": (1, -1, False, "0", None, 10**20),
        "e": (None, 5, "x" * 201, "a\nb", "a\x00b", ["village"]),
        "r": (None, 5, "x" * 201, "a\x7fb"), "f": (None, {}, "x" * 201, "\x1b[31m"),
        "a": ("x" * 201, 5, None, "a\nb"),
        "b": (5, "x", [1], [0], [True], ["x"], [None], ["0:" + "a" * 16], [[1]], {},
              ["1:" + "A" * 16], ["1:" + "a" * 17], ["1:" + "a" * 16] * 1001,
              [f"{'I' * 24}/0001deadbeef/1:{'a' * 16}"], [f"../0001deadbeef/1:{'a' * 16}"]),
    }.items():  # fmt: skip
        for value in values:
            yield f"{field}: {value!r:.40}", _said(1, **{field: value})
    for field in "terfv":
        yield f"no {field}", lambda lines, field=field: lines[1].pop(field)  # type: ignore[misc]
    for field, values in {
        "kind": ("card", None, 5), "first": (0, -1, True, "1", 2, None), "last": (2, 0, "1", 10**9),
        "previous": ("a" * 64, "x", None, 5),
        "officers": ([], "A", [1], None, ["x" * 201], ["a\nb"]),
        "practice": (0, None, "true"), "schema": (0, "1", None, True), "device": ("../x", 5, None),
        "incarnation": ("x", "deadbeef", None), "scope": ("", "../x", "A/B", "a" * 300, 5, None),
    }.items():  # fmt: skip
        for value in values:
            yield f"{field}: {value!r:.40}", _said(0, **{field: value})
    yield "a change more", lambda lines: lines.append(lines[1])
    yield "no change", lambda lines: lines.pop()
    yield "the header twice", lambda lines: lines.insert(0, lines[0])


@family(Code.BAD_SEGMENT, says="không đúng mẫu", whole=False)
def segments_of_another_form() -> Archives:
    for what, spoil in _odd_lines():
        lines = _lines(one_change(own_pen()))
        spoil(lines)
        yield what, carrying(_named_rightly(_written(lines), lines[0]))


def _named_rightly(data: bytes, header: dict[str, Any]) -> Files:
    """Give bytes the name that fits them as far as one can tell."""
    first, last = header.get("first"), header.get("last")
    numbers = [one if type(one) is int and one > 0 else 1 for one in (first, last)]
    hash16 = hashlib.sha256(data).hexdigest()[:16]
    name = (
        f"data/segments/{KEY.id}-{header.get('incarnation')}-{layout.scope8(SCOPE)}"
        f"-{numbers[0]}-{numbers[1]}-{hash16}.jsonl"
    )
    return signed(data, KEY, name if layout.member_of(name) else _some_name())


@family(Code.BAD_SEGMENT, says="không đúng mẫu", whole=False)
def segments_that_are_no_json_lines() -> Archives:
    good = one_change(own_pen())
    header, change = good.splitlines()
    for what, data in {
        "nothing": b"", "a blank line": b"\n", "no last line end": good[:-1], "null": b"null\n",
        "a blank line at the end": good + b"\n", "BOM": b"\xef\xbb\xbf" + good, "{}": b"{}\n",
        "CRLF at the end": good[:-1] + b"\r\n\r\n", "no header": change + b"\n", "a list": b"[]\n",
        "not UTF-8": good.replace("xấu".encode(), b"\xff\xfe"),
        "half a character": good.replace("xấu".encode(), b"\\ud800"),
        "a key twice": good.replace(b'"e":', b'"e":"x","e":'),
        "deep": b"[" * 100_000 + b"\n",
        "deep value": good.replace('"xấu"'.encode(), b"[" * 50_000),
        "a float": good.replace('"xấu"'.encode(), b"1.5"),
        "NaN": good.replace('"xấu"'.encode(), b"NaN"),
        "an exponent": good.replace('"xấu"'.encode(), b"1e5"),
        "digits without end": good.replace('"xấu"'.encode(), b"9" * 10_000),
        "infinite": good.replace('"xấu"'.encode(), b"-Infinity"), "CSV": b"a,b\n1,2\n",
        "TOML": b'kind = "segment"\n', "binary": bytes(range(256)),
        "zip": b"PK\x03\x04" + bytes(90),
        "single quotes": good.replace(b'"', b"'"), "cut": good[: len(good) // 2] + b"\n",
        "a line far too long": header + b"\n" + b" " * 1_000_001 + change + b"\n",
    }.items():  # fmt: skip
        said = json.loads(header)
        yield what, carrying(_named_rightly(data, said))
