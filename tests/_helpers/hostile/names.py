"""Names that lead elsewhere, deceive the eye, or are there twice."""

from __future__ import annotations

from db.sync import layout
from db.sync.problems import Code
from tests._helpers.hostile.family import Archives, family
from tests._helpers.hostile.world import TOP, bagged, base_payload, entries
from tests._helpers.zips import STORED, Entry, pack

_DEVICES = ("CON", "prn", "AUX.txt", "nul.json", "COM1", "com9.pdf", "LPT1.txt", "CONIN$", "COM¹")


def with_member(name: str, data: bytes = b"x") -> bytes:
    """The sound bundle with one file more."""
    return pack([*entries(bagged(base_payload())), Entry(name, data, STORED)])


def _each(names: list[str]) -> Archives:
    for name in names:
        yield name, with_member(name)


@family(Code.DANGEROUS_NAME, says="tên tệp nguy hiểm")
def names_that_lead_out_of_the_folder() -> Archives:
    outs = ["..", "../..", "../../..", "data/..", "data/../..", "./.", "."]
    tails = ["passwd", "bagit.txt", "ntm.sqlite"]
    yield from _each([f"{TOP}/{out}/{tail}" for out in outs for tail in tails])
    yield from _each([f"../{tail}" for tail in tails])
    yield from _each([f"/{tail}" for tail in ("etc/passwd", f"{TOP}/bagit.txt", "", "/share/x")])
    yield from _each([f"{TOP}//bagit.txt", f"{TOP}/data//receipt.json", f"{TOP}/data/x//"])


@family(Code.DANGEROUS_NAME, says="tên tệp nguy hiểm")
def names_for_windows_that_lead_out() -> Archives:
    yield from _each(
        [
            f"{TOP}\\data\\x", f"{TOP}/..\\..\\x", f"{TOP}/data\\..\\..\\ntm.sqlite",
            "C:/Windows/x", "C:x", f"{TOP}/C:/x", f"{TOP}/data/c:", "\\\\may-chu\\x",
            "\\\\?\\C:\\x", "\\\\.\\PhysicalDrive0", f"{TOP}/bagit.txt:an",
            f"{TOP}/bagit.txt::$DATA",
            f"{TOP}/data/x:y", f"{TOP}\\", "\\", f"{TOP}/data/evidence\\x.pdf",
        ]
    )  # fmt: skip
    for name in ("data/receipt.json\0.exe", "bagit.txt\0", "\0", "data/x\0/../y"):
        yield repr(name), with_member(f"{TOP}/{name}")


@family(Code.UNKNOWN_MEMBER, says="tệp lạ")
def names_that_windows_keeps_for_devices() -> Archives:
    yield from _each([f"{TOP}/{name}" for name in _DEVICES])
    yield from _each([f"{TOP}/data/{name}" for name in _DEVICES])
    yield from _each([f"{TOP}/data/evidence/{name}" for name in _DEVICES])
    yield from _each([f"{TOP}/data/{name}/bundle.json" for name in _DEVICES[:5]])


@family(Code.UNKNOWN_MEMBER, says="tệp lạ")
def names_that_the_format_does_not_have() -> Archives:
    digest, device = "a" * 64, "0" * 24
    yield from _each(
        [
            f"{TOP}/{name}"
            for name in (
                "fetch.txt", "autorun.inf", "desktop.ini", "Thumbs.db", ".DS_Store", "xin.exe",
                "index.htm", "index.html.bak", "Ket-qua.xlsx", "ket-qua.xlsm",
                "ket-qua.xlsx.exe", "bagit.txt.", "bagit.txt ", " bagit.txt",
                "manifest-md5.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt", "x", "data",
                "data/x", "data/bundle.json5", "data/bundle.jsonx", "data/bundles.json",
                "data/cards/x.json", f"data/cards/{device}", f"data/cards/{device}.JSON.json",
                f"data/cards/{'I' * 24}.json", f"data/cards/{'a' * 24}.json",
                f"data/cards/{'0' * 25}.json", f"data/cards/x/{device}.json",
                f"data/evidence/{digest}", f"data/evidence/{digest}.exe",
                f"data/evidence/{digest}.html", f"data/evidence/{digest}.svg",
                f"data/evidence/{digest}.js", f"data/evidence/{digest}.lnk",
                f"data/evidence/{digest}.pdf.exe", f"data/evidence/{digest}.docm",
                f"data/evidence/{digest}.zip", f"data/evidence/{digest[1:]}.pdf",
                f"data/evidence/{digest}a.pdf", f"data/evidence/{digest.replace('a', 'g')}.pdf",
                f"data/segments/{device}-0001deadbeef-00000000-0-1-{'a' * 16}.jsonl",
                f"data/segments/{device}-0001deadbeef-00000000-1-01-{'a' * 16}.jsonl",
                f"data/segments/{device}-0001deadbeef-00000000-1-{'9' * 13}-{'a' * 16}.jsonl",
                f"data/segments/{device}-1deadbeef-00000000-1-1-{'a' * 16}.jsonl",
                f"data/segments/{device}-0001deadbeef-00000000-1-1-{'a' * 16}.jsonl.sig.sig",
                f"data/segments/{device}-0001deadbeef-00000000--1-1-{'a' * 16}.jsonl",
                "data/receipt.json.sig", "data/receipts.json", "data/receipt-2.json",
                "data/segments/.jsonl", "data/" + "x" * 300, "y" * 5_000,
            )
        ]
    )  # fmt: skip


@family(Code.UNKNOWN_MEMBER, says="tệp lạ")
def names_that_deceive_the_eye() -> Archives:
    yield from _each(
        [
            f"{TOP}/{name}"
            for name in (
                "bag\u200bit.txt", "bagit\u202etxt.exe", "bаgit.txt", "bagit.txt\u00a0",
                "bagit．txt", "data／bundle.json", "dåta/x", "data/bundle.jso\u0301n",
                "data/bundle.js\u0131n", "data/bundle.json\u2028", "\ufeffbagit.txt", "bagit.txt\n",
                "data/x\x01y", "data/\x1b[31mx", "data/\x9b31mx", "data/gói.json", "😀",
                "d\u00adata",
                "data/evidence/" + "ａ" * 64 + ".pdf", "data/evidence/" + "а" * 64 + ".pdf",
                "data/cards/" + "Ｏ" * 24 + ".json", "data/cards/" + "０" * 24 + ".json",
            )
        ]
    )  # fmt: skip


@family(Code.REPEATED_NAME, says="trùng tên")
def names_that_are_there_twice() -> Archives:
    sound = entries(bagged(base_payload()))
    for place, one in enumerate(sound):
        yield f"{one.name} twice", pack([*sound, one])
        yield (
            f"{one.name} with other bytes",
            pack([*sound[:place], Entry(one.name, b"other", STORED), *sound[place:]]),
        )
    for name in (*layout.REQUIRED, layout.RECEIPT):
        for odd in (name.upper(), name.title()):
            if odd != name:
                yield odd, with_member(f"{TOP}/{odd}")


@family(Code.FOREIGN_ZIP, says="tệp nén khác")
def names_below_another_folder() -> Archives:
    files = bagged(base_payload())
    tops = [
        "x", "NTM_", "NTM_x", TOP[:-1], TOP.upper(), f"{TOP}x", "NTM_cai-kinh_ABCDEFGH_20240705_0",
        "NTM_Cai-Kinh_ABCDEFGH_20240705_1", f"NTM_{'x' * 61}_ABCDEFGH_20240705_1",
        "NTM_cai-kinh_ABCDEFGH_2024075_1", "NTM_cai-kinh_ABCDEFGH_20240705_1000000", " " + TOP,
    ]  # fmt: skip
    for top in tops:
        yield top, pack(entries(files, top))
    for other in ("khac/x", "x", "__MACOSX/x", f"{TOP}2/x", f"{TOP.lower()}/x", ""):
        yield f"beside the folder: {other}", with_member(other)
    yield "nothing at all", pack([])


@family(Code.BAD_DESCRIPTION, says="mô tả")
def names_of_another_bundle() -> Archives:
    files = bagged(base_payload())
    for top in (f"{TOP[:-1]}2", TOP.replace("cai-kinh", "cai-kinh-x"), TOP.replace("2024", "2025")):
        yield top, pack(entries(files, top))


@family(Code.MEMBER_MISSING, says="thiếu một tệp bắt buộc")
def files_that_are_missing() -> Archives:
    files = bagged(base_payload())
    for missing in layout.REQUIRED:
        left = {name: data for name, data in files.items() if name != missing}
        yield missing, pack(entries(left))
        yield f"{missing} alone", pack(entries({missing: files[missing]}))
