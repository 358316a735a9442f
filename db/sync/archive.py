"""Writing a bundle: aside first, read back and checked in full, then given its name."""

import contextlib
import errno
import hashlib
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from db.files import new_file
from db.sync import bag, cards, layout
from db.sync.container import Container
from db.sync.info import BundleInfo, spans, write_info
from db.sync.keys import DeviceKey
from db.sync.layout import Kind
from db.sync.outside import COMMENT, hash_before_comment
from db.sync.problems import BundleProblem, Code, Flaw, flaw, problem
from db.sync.reading import count, read_bundle
from db.sync.segments import parse_header
from db.sync.watch import Cancelled, Progress, Watch

if TYPE_CHECKING:
    from db.sync.readers import Reader

_CHUNK = 1 << 20
_EARLIEST = 1980  # the first year that a ZIP archive can write down
_PASSES = 4  # measuring, writing, hashing the archive, checking it
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}
_DAMAGE = {Code.DAMAGED, Code.TRUNCATED, Code.EMPTY, Code.HASH_MISMATCH, Code.NOT_ZIP}

Page = Callable[[BundleInfo, str], bytes]
"""Makes the page for the browser from the finished description and the six-character code."""

Results = Callable[[BundleInfo], bytes]
"""Makes the workbook with the result table from the finished description."""


@dataclass(frozen=True)
class Payload:
    """One file to carry: its name in the bundle (see layout), and its bytes or where they lie.

    `label` is what people call it, for what must be said about it.
    """

    name: str
    source: bytes | Path
    label: str = ""


@dataclass(frozen=True)
class Written:
    """A bundle that was written and checked.

    `notes`: evidence that had to be left out, and flaws of single parts that travel all the same.
    `readers`: the other machines that can open it where it is encrypted.
    """

    path: Path
    info: BundleInfo
    code: str
    size: int
    notes: tuple[Flaw, ...]
    readers: "tuple[Reader, ...]" = ()

    @property
    def encrypted(self) -> bool:
        """Whether only the sender and `readers` can open it."""
        return bool(self.readers)


@dataclass(frozen=True)
class _Measured:
    payload: Payload
    sha256: str
    size: int


def write_bundle(
    target: Path,
    payload: Sequence[Payload],
    key: DeviceKey,
    info: BundleInfo,
    page: Page,
    *,
    results: Results | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Written:
    """Write, sign and check a bundle; `target` exists afterwards only if all of it holds.

    Args:
        target: The final name; `layout.bundle_name` makes it. It must not exist yet.
        payload: Cards (the sender's own among them), segments with their signatures, evidence,
            the receipt. The description is written here.
        key: The sending device's.
        info: What is known beforehand; feeds and counts are filled in.
        page: Makes `index.html`.
        results: Makes the workbook beside it; None for a bundle without one.
        progress: Called with the bytes done and the bytes in all.
        cancelled: Asked whether to stop.

    Raises:
        BundleProblem: Nothing bears the final name, and nothing else was changed.
    """
    if target.exists():
        raise problem(Code.NAME_TAKEN)
    watch = Watch(progress, cancelled, _PASSES * sum(map(_size, payload)))
    measured, left_out = _measure(payload, watch)
    info = _complete(info, key, measured)
    files = _tag_files(measured, key, info, page, results)
    code = bag.bundle_code(files[layout.MANIFEST])
    found: list[Flaw] = []

    def check(written: Path) -> None:
        found.extend(_check(written, watch))

    with disk_problems(), new_file(target, check=check) as out:
        _write_archive(out, info, files, measured, watch)
    return Written(target, info, code, target.stat().st_size, (*left_out, *found))


def _size(payload: Payload) -> int:
    """The bytes of a file as far as they can be told now."""
    if isinstance(payload.source, bytes):
        return len(payload.source)
    try:
        return payload.source.stat().st_size
    except OSError:
        return 0


def _measure(payload: Sequence[Payload], watch: Watch) -> tuple[list[_Measured], list[Flaw]]:
    """Hash every file; evidence that is missing, locked or not what its name says is left out."""
    measured: list[_Measured] = []
    left_out: list[Flaw] = []
    for item in payload:
        member = layout.member_of(item.name)
        if member is None or member.kind in (Kind.TAG, Kind.DESCRIPTION):
            raise problem(Code.UNKNOWN_MEMBER, item.name)
        found = _hashed(item, watch)
        if member.kind is Kind.EVIDENCE and (
            found is None or found.sha256 != member.parts["sha256"]
        ):
            left_out.append(flaw(Code.EVIDENCE_LEFT_OUT, item.name, item.label))
        elif found is None:
            raise problem(Code.MEMBER_MISSING, item.name)
        else:
            measured.append(found)
    return measured, left_out


def _hashed(payload: Payload, watch: Watch) -> _Measured | None:
    digest, size = hashlib.sha256(), 0
    try:
        for piece in _pieces(payload.source):
            digest.update(piece)
            size += len(piece)
            watch.step(len(piece))
    except OSError:
        return None
    return _Measured(payload, digest.hexdigest(), size)


def _pieces(source: bytes | Path) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as opened:
        while piece := opened.read(_CHUNK):
            yield piece


def _complete(info: BundleInfo, key: DeviceKey, measured: Sequence[_Measured]) -> BundleInfo:
    """Fill in what follows from the files themselves."""
    members = [member for item in measured if (member := layout.member_of(item.payload.name))]
    sizes = {item.payload.name: item.size for item in measured}
    headers = [
        parse_header(b"".join(_pieces(item.payload.source)))
        for item, member in zip(measured, members, strict=True)
        if member.kind is Kind.SEGMENT
    ]
    return replace(info, sender=key.id, feeds=spans(headers), counts=count(members, sizes))


def _tag_files(
    measured: Sequence[_Measured],
    key: DeviceKey,
    info: BundleInfo,
    page: Page,
    results: Results | None,
) -> dict[str, bytes]:
    """Everything beside the given files, in the order in which it is written."""
    description = write_info(info)
    hashes = {item.payload.name: item.sha256 for item in measured}
    hashes[layout.DESCRIPTION] = hashlib.sha256(description).hexdigest()
    manifest = bag.write_manifest(hashes)
    payload_bytes = info.counts.bytes + len(description)
    files = {
        layout.PAGE: page(info, bag.bundle_code(manifest)),
        **({layout.RESULTS: results(info)} if results is not None else {}),
        layout.BAGIT: bag.DECLARATION,
        layout.BAG_INFO: bag.write_bag_info(
            info, _office(measured, info), payload_bytes, len(hashes)
        ),
        layout.MANIFEST: manifest,
        layout.DEVICE_KEY: key.public_pem,
    }
    tags = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    files[layout.TAG_MANIFEST] = bag.write_manifest(tags)
    files[layout.BAG_SIGNATURE] = key.sign(files[layout.TAG_MANIFEST])
    files[layout.DESCRIPTION] = description
    return files


def _office(measured: Sequence[_Measured], info: BundleInfo) -> str:
    """The sender's office, from its own card."""
    for item in measured:
        if item.payload.name == layout.card_name(info.sender):
            return cards.read(b"".join(_pieces(item.payload.source))).office
    raise problem(Code.NO_CARD, layout.card_name(info.sender))


def _write_archive(
    out: IO[bytes],
    info: BundleInfo,
    files: dict[str, bytes],
    measured: Iterable[_Measured],
    watch: Watch,
) -> None:
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = b"0" * COMMENT
        for name, data in files.items():
            with archive.open(_entry(info, name, len(data)), "w") as member:
                member.write(data)
        for item in measured:
            _copy(archive, info, item, watch)
    digest = hash_before_comment(out, watch)
    out.seek(-COMMENT, os.SEEK_END)
    out.write(digest.encode("ascii"))


def _copy(archive: zipfile.ZipFile, info: BundleInfo, item: _Measured, watch: Watch) -> None:
    """Write one file, provided that it still is what was measured."""
    digest, changed = (
        hashlib.sha256(),
        problem(Code.EVIDENCE_CHANGED, item.payload.name, item.payload.label),
    )
    pieces = _pieces(item.payload.source)
    with archive.open(_entry(info, item.payload.name, item.size), "w") as member:
        while True:
            try:
                piece = next(pieces, b"")
            except OSError as error:
                raise changed from error
            if not piece:
                break
            digest.update(piece)
            member.write(piece)
            watch.step(len(piece))
    if digest.hexdigest() != item.sha256:
        raise changed


def _entry(info: BundleInfo, name: str, size: int) -> zipfile.ZipInfo:
    """The archive's entry for a file, the same on every system."""
    local = info.local
    stamp = (local.year, local.month, local.day, local.hour, local.minute, local.second)
    entry = zipfile.ZipInfo(
        f"{info.name}/{name}", stamp if local.year >= _EARLIEST else (_EARLIEST, 1, 1, 0, 0, 0)
    )
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    entry.file_size = size
    # Evidence travels as it is: a blank scan would shrink so much that it looks like a trap.
    stored = layout.is_evidence(name) or name.endswith(".sig")
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return entry


def _check(written: Path, watch: Watch) -> list[Flaw]:
    """Read the bundle back in full; the flaws of single parts, which travel as they came."""
    try:
        with Container(written, watch) as container:
            return list(read_bundle(container, watch).flaws)
    except BundleProblem as error:
        if error.flaw.code in _DAMAGE:
            raise problem(Code.NOT_AS_WRITTEN) from error
        raise


@contextlib.contextmanager
def disk_problems() -> Iterator[None]:
    """Say in plain words what is wrong with the disk that is written to."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            code = Code.DISK_FULL
        elif error.errno in _FORBIDDEN:
            code = Code.DISK_READ_ONLY
        else:
            code = Code.FILE_TOO_LARGE if error.errno == errno.EFBIG else Code.DISK_FAILED
        raise problem(code) from error
