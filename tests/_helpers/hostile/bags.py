"""Bags that do not add up: lists, signatures and descriptions, some signed by their own sender."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from typing import Any

from db.sync import bag, layout
from db.sync.info import BundleInfo, Receiver, ReceiverKind, write_info
from db.sync.keys import public_pem
from db.sync.problems import Code
from tests._helpers.bundles import KEY, OTHER_KEY, SCOPE, info
from tests._helpers.hostile.family import Archives, family
from tests._helpers.hostile.world import Files, bagged, base_payload, described, zipped

_ORDER = 2**252 + 27742317777372353535851937790883648493


def sound_files() -> Files:
    return bagged(base_payload())


def tampered(**changed: bytes) -> bytes:
    """The sound bundle with some files exchanged and nothing listed or signed anew."""
    return zipped({**sound_files(), **changed})


@family(Code.HASH_MISMATCH, says="không khớp với bảng kê")
def files_with_other_bytes() -> Archives:
    files = sound_files()
    free = {layout.BAGIT, layout.TAG_MANIFEST, layout.BAG_SIGNATURE}
    for name in sorted(files.keys() - free):
        if name != layout.DEVICE_KEY:
            yield f"{name} reversed", tampered(**{name: files[name][::-1]})
        yield f"{name} longer", tampered(**{name: files[name] + b" "})


@family(Code.NOT_LISTED, says="Bảng kê và các tệp trong gói không khớp")
def lists_that_leave_out_or_add() -> Archives:
    payload = base_payload()
    whole = bagged(payload)
    listed = whole[layout.MANIFEST].decode()
    lines = listed.splitlines(keepends=True)
    yield "nothing listed", _listing("")
    for place, line in enumerate(lines):
        left = "".join(lines[:place] + lines[place + 1 :])
        yield f"without {line[66:].strip()}", _listing(left)
    for name in ("data/x", "bagit.txt", "data/../x", "../x", "data/evidence/a.pdf"):
        yield f"also {name}", _listing(listed + f"{'a' * 64}  {name}\n")


def _listing(manifest: str) -> bytes:
    return zipped(bagged(base_payload(), manifest=manifest.encode()))


@family(Code.BAG_FORM, says="không đúng mẫu")
def lists_of_another_form() -> Archives:
    manifest = sound_files()[layout.MANIFEST].decode()
    first, _, rest = manifest.partition("\n")
    forms = {
        "only a line end": "\n", "no line end": manifest[:-1],
        "CRLF": manifest.replace("\n", "\r\n"),
        "one space": first.replace("  ", " ") + "\n" + rest, "a blank line": manifest + "\n",
        "a star": first.replace("  ", " *") + "\n" + rest, "twice": first + "\n" + manifest,
        "twice with another hash": "a" * 64 + first[64:] + "\n" + manifest,
        "capitals": first[:64].upper() + first[64:] + "\n" + rest, "BOM": "\ufeff" + manifest,
        "md5": first[:32] + first[64:] + "\n" + rest, "not ASCII": manifest + "a" * 64 + "  gói\n",
        "a tab": first.replace("  ", "\t") + "\n" + rest, "percent": first + "%0A\n" + rest,
        "a comment": "# x\n" + manifest, "sha512": first[:64] * 2 + first[64:] + "\n" + rest,
    }  # fmt: skip
    for form, text in forms.items():
        yield form, _listing(text)
    yield "not text", zipped(bagged(base_payload(), manifest=b"\xff\xfe" + bytes(50)))


@family(Code.BAG_FORM, says="không đúng mẫu")
def lists_of_tags_that_do_not_fit() -> Archives:
    files = sound_files()
    tags = files[layout.TAG_MANIFEST].decode()
    lines = tags.splitlines(keepends=True)
    for place, line in enumerate(lines):
        left = "".join(lines[:place] + lines[place + 1 :])
        yield f"without {line[66:].strip()}", _tagging(left)
    for name in ("data/bundle.json", "tagmanifest-sha256.txt", "fetch.txt", "../index.html"):
        yield f"also {name}", _tagging(tags + f"{'a' * 64}  {name}\n")
    for text in ("", tags[:-1], tags.replace("\n", "\r\n"), tags + tags):
        yield f"{len(text)} characters", _tagging(text)
    for text in ("", "BagIt-Version: 0.97\n", "BagIt-Version: 1.0\n", "BagIt-Version: 2.0\n"):
        yield f"bagit.txt {text!r}", zipped(bagged(base_payload(), bagit=text.encode()))
    yield (
        "bagit.txt with BOM",
        zipped(bagged(base_payload(), bagit=b"\xef\xbb\xbf" + bag.DECLARATION)),
    )
    yield (
        "bagit.txt in UTF-16",
        zipped(bagged(base_payload(), bagit=bag.DECLARATION.replace(b"UTF-8", b"UTF-16"))),
    )


def _tagging(tags: str) -> bytes:
    return zipped(bagged(base_payload(), tags=tags.encode()))


@family(Code.BAG_FORM, says="không đúng mẫu")
def sums_that_are_wrong() -> Archives:
    whole = sound_files()
    total = sum(len(data) for name, data in whole.items() if name.startswith("data/"))
    files = sum(name.startswith("data/") for name in whole)
    sums = [(0, 0), (total + 1, files), (total - 1, files), (total, files + 1), (total, 0)]
    written = [f"{size}.{count}" for size, count in sums]
    written += ["", "x", f"{total}", f"-{total}.{files}", f"{total}.{files}.0", f"{total},{files}"]
    written += [f"{'9' * 30}.{files}", f"{total}.{'9' * 5000}", f"٣.{files}", f" {total}.{files}"]
    for said in written:
        yield said[:40], _informed(f"Payload-Oxum: {said}\n")
    yield "twice", _informed(f"Payload-Oxum: {total}.{files}\n" * 2)
    yield "none", _informed("Source-Organization: UBND\n")
    yield "in other letters", _informed(f"payload-oxum: {total}.{files}\n")


def _informed(text: str) -> bytes:
    return zipped(bagged(base_payload(), bag_info=text.encode()))


@family(Code.BAG_SIGNATURE, says="Chữ ký của gói")
def signatures_that_are_false() -> Archives:
    tagged = sound_files()[layout.TAG_MANIFEST]
    true = KEY.sign(tagged)
    high = int.from_bytes(true[32:], "little") + _ORDER
    false = {
        "empty": b"", "zeros": bytes(64), "ones": b"\xff" * 64, "short": true[:63],
        "long": true + b"\0", "half": true[:32], "hex": true.hex().encode(), "twice": true * 2,
        "of another machine": OTHER_KEY.sign(tagged), "of another text": KEY.sign(tagged + b" "),
        "in base64": base64.b64encode(true), "halves exchanged": true[32:] + true[:32],
        "the other of the two forms": true[:32] + high.to_bytes(32, "little"),
        "the neutral point": b"\x01" + bytes(63),
        "of the hash": KEY.sign(hashlib.sha256(tagged).digest()),
    }  # fmt: skip
    for what, signature in false.items():
        yield what, zipped(bagged(base_payload(), signature=signature))
    for bit in range(0, 512, 16):
        flipped = bytearray(true)
        flipped[bit // 8] ^= 1 << bit % 8
        yield f"bit {bit}", zipped(bagged(base_payload(), signature=bytes(flipped)))


@family(Code.SENDER_KEY, Code.BAG_SIGNATURE, says="gửi")
def keys_that_are_not_the_senders() -> Archives:
    rsa = KEY.public_pem.replace(b"MCow", b"MFwwDQYJKoZIhvcNAQEBBQADSwAw")
    pems = {
        "none": b"", "text": b"no key", "DER": bytes(44), "cut": KEY.public_pem[:60],
        "RSA": rsa, "a private key": KEY.private_pem().encode(),
        "of 31 bytes": KEY.public_pem.replace(b"MCow", b"MCkw"),
        "the neutral point": public_pem(b"\x01" + bytes(31)), "zeros": public_pem(bytes(32)),
        "a certificate": KEY.public_pem.replace(b"PUBLIC KEY", b"CERTIFICATE"),
        "of another machine": OTHER_KEY.public_pem,
    }  # fmt: skip
    for what, pem in pems.items():
        yield what, zipped(bagged(base_payload(), pem=pem))
    for point in (b"\x01" + bytes(31), bytes(32), b"\xec" + b"\xff" * 30 + b"\x7f"):
        weak = public_pem(point)  # with such a key, some signatures hold for any text
        for signature in (point + bytes(32), b"\x01" + bytes(63)):
            files = bagged(base_payload(), pem=weak, signature=signature)
            yield f"a weak key {point[:2].hex()}", zipped(files)
    yield "another machine signs", zipped(bagged(base_payload(), key=OTHER_KEY))


@family(Code.NEWER_FORMAT, says="cần bản mới hơn")
def bundles_of_a_newer_form() -> Archives:
    body = json.loads(write_info(described(base_payload(), info())))
    for number in (2, 3, 99, 2**53 - 1):
        newer = json.dumps({**body, "format": number}).encode()
        yield f"format {number}", _described_as(newer)
        yield f"format {number}, nothing else", _described_as(b'{"format": %d}' % number)
    newer = json.dumps({**body, "format": 2}).encode()
    yield (
        "with files of its own",
        zipped({**bagged(base_payload(), description=newer), "data/new.bin": b"new"}),
    )


def _described_as(description: bytes) -> bytes:
    return zipped(bagged(base_payload(), description=description))


_WRONG: dict[str, tuple[Any, ...]] = {
    "format": (0, -1, "1", 1.0, True, None, [1], 10**30),
    "schema": (0, -1, "1", None, 2**53, True),
    "practice": (0, 1, "no", None),
    "created": ("", "2024-07-05", "2024-07-05T02:03:04+07:00", "2024-02-30T00:00:00Z", 5,
                "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z", "2024-07-05T25:03:04Z", None),
    "sender": ("", "../../x", KEY.id.lower(), KEY.id[:-1], "I" * 24, 5, None, [KEY.id]),
    "receiver": ({}, {"kind": "x"}, {"kind": "device"}, {"kind": "device", "device": "x"}, "all",
                 None, {"kind": ["all"]}),
    "full": (0, "true", None),
    "number": (0, -1, 10**6, "1", 1.5, True, None),
    "program": (None, 5, "x" * 201, "a\nb", "a\u0007b"),
    "commune": ({}, None, "x", {"code": SCOPE}, {"code": "../x", "name": "x"},
                {"code": "A/B", "name": "x"}, {"code": SCOPE, "name": "x" * 201},
                {"code": SCOPE, "name": "a\nb"}, {"code": "", "name": ""}),
    "feeds": (None, {}, [1], [{}], [{"device": KEY.id}], [["x"]], "x"),
    "counts": (None, {}, {"changes": 1}, {"changes": -1, "evidence": 0, "bytes": 0},
               {"changes": 10**20, "evidence": 0, "bytes": 0}, [1, 2, 3]),
}  # fmt: skip


@family(Code.BAD_DESCRIPTION, says="mô tả")
def descriptions_of_another_form() -> Archives:
    body = json.loads(write_info(described(base_payload(), info())))
    for field, values in _WRONG.items():
        for value in values:
            said = json.dumps({**body, field: value}, ensure_ascii=False).encode()
            yield f"{field}: {value!r:.60}", _described_as(said)
        left = {name: value for name, value in body.items() if name != field}
        yield f"no {field}", _described_as(json.dumps(left).encode())


@family(Code.BAD_DESCRIPTION, says="mô tả")
def descriptions_that_are_no_json() -> Archives:
    good = write_info(described(base_payload(), info()))
    texts = {
        "nothing": b"", "null": b"null", "a list": b"[]", "a number": b"1", "text": b'"x"',
        "cut": good[:-20], "two": good + good, "a comma": good.replace(b"}\n", b",}\n"),
        "BOM": b"\xef\xbb\xbf" + good, "UTF-16": good.decode().encode("utf-16"),
        "not UTF-8": good.replace(b"Cai", b"\xff\xfe\xfd"),
        "overlong": good.replace(b"Cai", b"\xc1\xa1"),
        "half a character": good.replace(b"Cai", b"\\ud800"),
        "single quotes": good.replace(b'"', b"'"),
        "NaN": good.replace(b'"number":1', b'"number":NaN'),
        "infinite": good.replace(b'"number":1', b'"number":1e999'),
        "a float": good.replace(b'"number":1', b'"number":1.0'),
        "huge": good.replace(b'"number":1', b'"number":' + b"9" * 5_000),
        "twice": good.replace(b'"number":1', b'"number":1,"number":1'),
        "deep": b'{"x":' + b"[" * 100_000,
        "deep and whole": b'{"x":' + b"[" * 900 + b"]" * 900 + b"}",
        "deep objects": b'{"x":' * 50_000, "NUL": good + b"\0", "a comment": b"/* */" + good,
        "long": b'{"x":"' + b"a" * 2_000_000 + b'"}',
    }  # fmt: skip
    for what, text in texts.items():
        yield what, _described_as(text)


@family(Code.BAD_DESCRIPTION, says="mô tả")
def descriptions_that_do_not_fit() -> Archives:
    fitting = described(base_payload(), info())
    for what in ("changes", "evidence", "bytes"):
        for by in (1, -1, 1000):
            wrong = replace(fitting.counts, **{what: max(0, getattr(fitting.counts, what) + by)})
            if wrong != fitting.counts:
                yield f"{what} {by}", _described_as(write_info(replace(fitting, counts=wrong)))
    for other in (
        replace(fitting, number=2), replace(fitting, sender=OTHER_KEY.id),
        replace(fitting, commune_code="lang-son/huu-lung/minh-tien"),
        replace(fitting, created=fitting.created.replace(year=2025)),
    ):  # fmt: skip
        yield other.name, _described_as(write_info(other))


def _as_described(made: BundleInfo) -> bytes:
    return zipped(bagged(base_payload(), made), made.name)


@family("foreign_bundle", says="Dữ liệu trên máy không bị thay đổi")
def bundles_for_others() -> Archives:
    codes = ["lang-son/huu-lung/minh-tien", "lang-son/chi-lang/cai-kinh", "lang-son/huu-lung",
             "lang-son", "x/y/cai-kinh", "shared", f"{SCOPE}/thon-1", "cai-kinh"]  # fmt: skip
    for code in codes:
        yield code, _as_described(info(commune_code=code))
    for name in ("xã\u202eCai", "xã \x9b2J", "xã [bold]Cai[/]", "xã\u200b", "=cmd|x"):
        other = info(commune_code="lang-son/huu-lung/minh-tien", commune_name=name)
        yield f"named {name!r}", _as_described(other)
    yield "practice", _as_described(info(practice=True))
    yield "practice of another", _as_described(info(practice=True, commune_code="a/b/c"))


@family(says="", whole=False)
def bundles_that_only_look_odd() -> Archives:
    """Nothing is wrong: they bring nothing new, whoever they were meant for."""
    for receiver in (
        Receiver(ReceiverKind.ALL), Receiver(ReceiverKind.DEVICE, OTHER_KEY.id),
        Receiver(ReceiverKind.DEVICE, KEY.id),
    ):  # fmt: skip
        yield str(receiver), _as_described(info(receiver=receiver))
    for name in ("", "=HYPERLINK(1)", "xã\u202e", "[red]x", "\u200b" * 200):
        yield f"named {name[:20]!r}", _as_described(info(commune_name=name))
    for program in ("", "khac 9", "ntm-tui 99.0", "x" * 200):
        yield f"by {program[:20]}", _as_described(info(program=program))
    for schema in (1, 2, 99):
        yield f"schema {schema}", _as_described(info(schema=schema))
    yield "the same once more", _as_described(info())
    yield "its page is no page", zipped(bagged(base_payload(), page=b"\xff\x00<script>"))
    without = base_payload()
    del without[layout.RECEIPT]
    yield "without a receipt", zipped(bagged(without))
