"""Cards, receipts and evidence that lie."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from db.canonical import Json, dumps
from db.sync import cards, layout, receipts
from db.sync.cards import Role
from db.sync.keys import DeviceKey
from db.sync.problems import Code
from db.sync.receipts import Tip
from db.sync.signed import make_signed
from tests._helpers.bundles import EVIDENCE, KEY, OTHER_KEY, SCOPE, evidence_file, info
from tests._helpers.histories import Pen
from tests._helpers.hostile.family import Archives, family
from tests._helpers.hostile.segments import carrying, one_change
from tests._helpers.hostile.world import (
    OTHER_SEED,
    STRANGER_SEED,
    at,
    bagged,
    base_payload,
    receipt,
    signed,
    upper_pen,
    zipped,
)

_STRANGER = Pen(STRANGER_SEED, lambda: at(9))
_PLACE = layout.card_name(_STRANGER.key.id)
_TEXTS = (
    b"",
    b"{}",
    b"[]",
    b"null",
    b"\xff",
    b'{"card":5}',
    b'{"card":{},"signature":""}',
    b"{" * 9,
)


def _stated(**said: Json) -> dict[str, Json]:
    """What a stranger's true card says, and what it says instead."""
    true = json.loads(_STRANGER.card)["card"]
    return {**{name: value for name, value in true.items() if name != "kind"}, **said}


def _card(**said: Json) -> bytes:
    return carrying({_PLACE: make_signed(_STRANGER.key, "card", _stated(**said))})


@family(Code.BAD_CARD, says="Thẻ của một máy", whole=False)
def cards_of_another_form() -> Archives:
    for field, values in {
        "role": ("", "admin", "UPPER", None, 5, ["upper"]), "machine": (None, 5, "x" * 201, "a\nb"),
        "scope": ("", "../x", "A", None, "x y"), "office": (None, "x" * 201, "\x1b[2J"),
        "program": (None, [], "x" * 201),
        "public_key": ("", "x" * 64, KEY.public.hex(), KEY.public.hex().upper(), None, "00" * 32),
        "device": ("", KEY.id, _STRANGER.key.id.lower(), "0" * 24, None, f"{'I' * 24}"),
    }.items():  # fmt: skip
        for value in values:
            yield f"{field}: {value!r:.40}", _card(**{field: value})
    for field in _stated():
        left = {name: value for name, value in _stated().items() if name != field}
        yield f"no {field}", carrying({_PLACE: make_signed(_STRANGER.key, "card", left)})
    for text in (
        *_TEXTS,
        _STRANGER.card[:-9],
        _STRANGER.card * 2,
        b"\xef\xbb\xbf" + _STRANGER.card,
    ):
        yield repr(text[:40]), carrying({_PLACE: text})
    yield "a float", carrying({_PLACE: _STRANGER.card.replace(b"{", b'{"x":1.5,', 1)})
    yield "deep", carrying({_PLACE: b"[" * 100_000})


@family(Code.BAD_CARD, says="Thẻ của một máy", whole=False)
def cards_that_nobody_signed_so() -> Archives:
    true = json.loads(_STRANGER.card)
    for signature in ("", "0" * 128, true["signature"][:-2], true["signature"][::-1], "x", None):
        yield (
            f"signature {signature!r:.20}",
            carrying({_PLACE: dumps({**true, "signature": signature}).encode()}),
        )
    for field, value in (("office", "Công an tỉnh"), ("role", "upper"), ("scope", "lang-son")):
        altered = {"card": {**true["card"], field: value}, "signature": true["signature"]}
        yield f"another {field}", carrying({_PLACE: dumps(altered).encode()})
    for kind in ("receipt", "segment", "trust"):
        data = make_signed(_STRANGER.key, kind, _stated())
        yield f"signed as a {kind}", carrying({_PLACE: data})
        yield (
            f"signed as a {kind}, told as a card",
            carrying({_PLACE: data.replace(f'"{kind}":{{'.encode(), b'"card":{')}),
        )
    for key in (KEY, OTHER_KEY):
        yield "signed by another", carrying({_PLACE: make_signed(key, "card", _stated())})
    yield "another's card", carrying({_PLACE: base_payload()[layout.card_name(OTHER_KEY.id)]})


@family(Code.SENDER_KEY, says="không phải của máy được ghi là máy gửi")
def senders_without_a_true_card() -> Archives:
    place = layout.card_name(KEY.id)
    for what, data in {
        "none": None, "empty": b"", "another's": _STRANGER.card, "cut": base_payload()[place][:-9],
        "altered": base_payload()[place].replace(b'"commune"', b'"upper"'),
    }.items():  # fmt: skip
        payload = base_payload()
        if data is None:
            del payload[place]
        else:
            payload[place] = data
        yield what, zipped(bagged(payload))
    for key in (OTHER_KEY, upper_pen().key):
        made = info(sender=key.id)
        yield f"in the name of {key.id}", zipped(bagged(base_payload(), made), made.name)


@family(says="", whole=False)
def machines_that_claim_to_be_more() -> Archives:
    """A machine keeps the role and the place that a person trusted it for."""
    for key in (OTHER_KEY, KEY):
        for role, scope in (
            (Role.UPPER, "lang-son/huu-lung"), (Role.UPPER, "lang-son"), (Role.UPPER, SCOPE),
            (Role.COMMUNE, "lang-son/huu-lung/minh-tien"), (Role.COMMUNE, "shared"),
        ):  # fmt: skip
            card = cards.make(
                key, role=role, scope=scope, office="UBND huyện", machine="x", program=f"{role} 9"
            )
            yield f"{role} of {scope}", carrying({layout.card_name(key.id): card})


@family("authority", says="không thuộc quyền", whole=False)
def machines_that_write_as_more() -> Archives:
    card = cards.make(
        OTHER_KEY, role=Role.UPPER, scope="lang-son", office="UBND", machine="x", program="x"
    )
    pen = Pen(OTHER_SEED, lambda: at(9), role=Role.UPPER)
    for entity, name in (("verdict", "note"), ("obstacle", "reply"), ("upper_trust", "trusted")):
        more = signed(one_change(pen, entity, name), OTHER_KEY)
        yield entity, carrying({layout.card_name(OTHER_KEY.id): card, **more})
    pen = upper_pen()
    card = cards.make(
        pen.key, role=Role.COMMUNE, scope=SCOPE, office="UBND", machine="x", program="x"
    )
    for entity, name in (("village", "name"), ("device_trust", "trusted"), ("evidence", "title")):
        more = signed(one_change(pen, entity, name), pen.key)
        yield entity, carrying({layout.card_name(pen.key.id): card, **more})


def _says(data: bytes) -> bytes:
    return zipped(bagged({**base_payload(), layout.RECEIPT: data}))


def _made(key: DeviceKey = KEY, **said: Any) -> bytes:
    stated = json.loads(receipts.make(KEY, receipt(9)))["receipt"]
    del stated["kind"]
    return make_signed(key, "receipt", {**stated, **said})


_TIP = {
    "device": KEY.id,
    "incarnation": "0001deadbeef",
    "scope": SCOPE,
    "last": 1,
    "hash": "a" * 64,
}


@family(Code.BAD_RECEIPT, says="Biên nhận", whole=False)
def receipts_of_another_form() -> Archives:
    for field, values in {
        "device": (OTHER_KEY.id, "", None, "x"),
        "incarnation": ("", "x", "1", None, "0001DEADBEEF"),
        "number": (0, -1, "1", True, 2**53, 10**30, None), "scope": ("", "../x", None, 5),
        "have": (None, {}, [1], [[]], [{}], [{**_TIP, "hash": "x"}], [{**_TIP, "last": 0}],
                 [{**_TIP, "device": "x"}], [{**_TIP, "scope": "../"}], [{**_TIP, "last": True}]),
        "detached": (None, ["x"], [5], "a" * 64, ["A" * 64], [["a" * 64]]),
        "evidence": (None, ["x"], [None], {}, ["../" + "a" * 61]),
        "restored_from": (None, "x", 5, ""),
    }.items():  # fmt: skip
        for value in values:
            yield f"{field}: {value!r:.50}", _says(_made(**{field: value}))
    for text in (*_TEXTS, _made()[:-9], _made() * 2, b"\xef\xbb\xbf" + _made(), b"[" * 100_000):
        yield repr(text[:40]), _says(text)
    yield "far too long", _says(b'{"x":"' + b"a" * 16_000_001 + b'"}')


@family(Code.BAD_RECEIPT, says="Biên nhận", whole=False)
def receipts_that_are_forged() -> Archives:
    true = json.loads(receipts.make(KEY, receipt(9)))
    for signature in ("", "0" * 128, true["signature"][::-1], "zz", None, 5):
        yield f"{signature!r:.20}", _says(dumps({**true, "signature": signature}).encode())
    for field, value in (("number", 10), ("have", [_TIP]), ("scope", "shared"), ("evidence", [])):
        altered = {**true["receipt"], field: value, "x": 1}
        yield field, _says(dumps({**true, "receipt": altered}).encode())
    for key in (OTHER_KEY, _STRANGER.key):
        yield "signed by another", _says(_made(key))
        yield "another's own", _says(receipts.make(key, receipt(9, device=key.id)))
    for kind in ("card", "segment"):
        data = make_signed(KEY, kind, json.loads(_made())["receipt"])
        yield f"signed as a {kind}", _says(data)
        yield (
            f"signed as a {kind}, told as a receipt",
            _says(data.replace(f'"{kind}":{{'.encode(), b'"receipt":{')),
        )
    yield "a card", _says(base_payload()[layout.card_name(KEY.id)])


@family(says="", whole=False)
def receipts_that_are_replayed_or_stale() -> Archives:
    """The one that is held has number 5: what is no newer does not take its place."""
    nothing = (Tip(OTHER_KEY.id, "0001deadbeef", SCOPE, 9, "c" * 64),)
    for number in range(1, 6):
        for have in ((), nothing):
            said = receipt(number, have=have)
            yield f"number {number}, {len(have)}", _says(receipts.make(KEY, said))
    for incarnation in ("0000ffffffff", "0001aaaaaaaa", "0001000000ff"):
        for number in (1, 5):
            yield f"{incarnation} {number}", _says(receipts.make(KEY, receipt(number, incarnation)))
    for number in (2**53 - 1,):
        said = receipt(number, "0000ffffffff")
        yield "an earlier life", _says(receipts.make(KEY, said))
    for scope in ("shared", "lang-son/huu-lung/minh-tien", "lang-son"):
        yield f"about {scope}", _says(receipts.make(KEY, receipt(99, scope=scope)))


@family(Code.HASH_MISMATCH, says="không khớp với bảng kê")
def evidence_under_a_false_name() -> Archives:
    for name in ("a" * 64, hashlib.sha256(b"x").hexdigest(), "0" * 64):
        for ending in ("pdf", "jpg", "bin"):
            more = {f"data/evidence/{name}.{ending}": b"MZ\x90 not what it says"}
            yield f"{name[:4]}.{ending}", carrying(more)
    for spoilt in (EVIDENCE[::-1], EVIDENCE[:-1], EVIDENCE + b"\0", b""):
        yield f"{len(spoilt)} bytes", carrying({evidence_file().name: spoilt})


@family(says="", whole=False)
def evidence_of_strangers() -> Archives:
    """Files that nobody here believed are not kept, however harmless they look."""
    for ending in sorted(layout.HARMLESS):
        paper = f"của người lạ {ending}".encode()
        payload = {
            _PLACE: _STRANGER.card,
            f"data/evidence/{hashlib.sha256(paper).hexdigest()}.{ending}": paper,
        }
        made = replace(info(), sender=_STRANGER.key.id)
        yield ending, zipped(bagged(payload, made, _STRANGER.key), made.name)
