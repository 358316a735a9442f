"""Evidence: documents attached to a finding, and their files kept by SHA-256."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import uuid_utils
from sqlmodel import Session, select

from db import files
from db.criteria.definitions import CriteriaSet, EvidenceKind
from db.engine import query_of
from db.home import Home
from db.models import Evidence
from db.numbers import parse_date
from db.problems import DiskFailed, NotFound, Problem, system_words
from db.sheet.records import Sheet
from db.text import clean, sort_key

CHUNK = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Cancelled(Problem):
    """A person stopped a long copy; nothing is left behind."""

    code = "cancelled"


@dataclass(frozen=True)
class StoredFile:
    """A file in the store's folder. `size` is in bytes."""

    sha256: str
    file_name: str
    size: int


@dataclass(frozen=True)
class EvidenceRecord:
    """One document. `present` says whether its file is on this machine."""

    id: str
    indicator: str
    kind: str
    title: str
    number: str
    date_written: str
    date_warning: str
    issuer: str
    file: StoredFile | None
    present: bool


@dataclass(frozen=True)
class EvidenceForm:
    """What a person says about a document; the date stays as written."""

    kind: str
    title: str = ""
    number: str = ""
    date_written: str = ""
    issuer: str = ""


def is_digest(text: str) -> bool:
    """Tell whether a text names a file; what another machine wrote may be anything."""
    return _DIGEST.fullmatch(text) is not None


def path_in(home: Home, digest: str) -> Path:
    """Give the place of an evidence file in a home."""
    return home.evidence / digest[:2] / digest


def is_kept(home: Home, digest: str, size: int | None) -> bool:
    """Tell whether a file is in a home, as long as it should be.

    One that was cut short by a bad disk is none: it is asked for again. Whether its bytes are right
    is found out when it travels.
    """
    try:
        found = path_in(home, digest).stat()
    except OSError:
        return False
    return size is None or found.st_size == size


def keep_file(
    home: Home, source: Path, progress: Callable[[int], bool] = lambda _done: True
) -> StoredFile:
    """Copy a file into the store's folder under its SHA-256; a file that is there is not copied.

    Args:
        home: whose folder.
        source: the file, anywhere.
        progress: told the bytes done so far; answers whether to go on.

    Raises:
        NotFound: there is no such file.
        DiskFailed: it could not be read or written; nothing is left half done.
        Cancelled: `progress` said to stop.
    """
    partial = home.evidence / f"partial-{os.getpid()}-{uuid_utils.uuid7().hex}"
    try:
        if not source.is_file():
            raise NotFound(
                f"Không thấy tệp {source}. Chưa đính gì. "
                "Hãy kiểm tra lại đường dẫn hoặc cắm lại USB."
            )
        home.evidence.mkdir(parents=True, exist_ok=True)
        digest, size = _copy(source, partial, progress)
        target = path_in(home, digest)
        target.parent.mkdir(exist_ok=True)
        if target.exists() and files.sha256_of(target) == digest:
            partial.unlink()
        else:
            files.replace_patiently(partial, target)
            files.sync_folder(target.parent)
    except OSError as error:
        raise DiskFailed(
            f"Không chép được tệp {source.name} ({system_words(error)}). Chưa đính gì, dữ liệu "
            "cũ còn nguyên. Nếu tệp đang mở trong Word hoặc Excel, hãy đóng lại rồi thử lần nữa."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return StoredFile(digest, clean(source.name), size)


def _copy(source: Path, target: Path, progress: Callable[[int], bool]) -> tuple[str, int]:
    digest, size = sha256(), 0
    with source.open("rb") as read, target.open("xb") as write:
        while block := read.read(CHUNK):
            digest.update(block)
            write.write(block)
            size += len(block)
            if not progress(size):
                raise Cancelled(f"Đã dừng chép {source.name}. Chưa đính gì, dữ liệu còn nguyên.")
        write.flush()
        os.fsync(write.fileno())
    return digest.hexdigest(), size


def attach(
    session: Session,
    scope: str,
    criteria_set: str,
    indicator: str,
    year: int,
    form: EvidenceForm,
    file: StoredFile | None,
) -> str:
    """Write down a document for an indicator; gives its id. A paper may come without a file."""
    row = Evidence(scope=scope, id=str(uuid_utils.uuid7()))
    row.criteria_set, row.indicator, row.year = criteria_set, indicator, year
    return _add(session, row, form, file)


def attach_to_row(
    session: Session, scope: str, entity: str, row: str, form: EvidenceForm, file: StoredFile | None
) -> str:
    """Write down a document about a row of a register; gives its id."""
    made = Evidence(scope=scope, id=str(uuid_utils.uuid7()))
    made.about = about(entity, row)
    return _add(session, made, form, file)


def about(entity: str, row: str) -> str:
    """Name a row of a register as documents do."""
    return f"{entity}/{row}"


def _add(session: Session, row: Evidence, form: EvidenceForm, file: StoredFile | None) -> str:
    _fill(row, form)
    if file is not None:
        row.sha256, row.file_name, row.size = file.sha256, file.file_name, file.size
        row.title = row.title or file.file_name
    session.add(row)
    return row.id


def describe(session: Session, scope: str, evidence_id: str, form: EvidenceForm) -> None:
    """Change what is said about a document."""
    _fill(_get(session, scope, evidence_id), form)


def remove(session: Session, scope: str, evidence_id: str) -> None:
    """Take a document off; its file stays in the folder, so that undo brings it back whole."""
    session.delete(_get(session, scope, evidence_id))


def _get(session: Session, scope: str, evidence_id: str) -> Evidence:
    row = session.get(Evidence, (scope, evidence_id))
    if row is None:
        raise NotFound("Minh chứng này không còn nữa. Hãy mở lại danh sách.")
    return row


def _fill(row: Evidence, form: EvidenceForm) -> None:
    row.kind = form.kind
    row.title = form.title or None
    row.number = form.number or None
    row.date_written = form.date_written or None
    row.issuer = form.issuer or None


def evidence_of(
    session: Session, home: Home, sheet: Sheet
) -> Mapping[str, tuple[EvidenceRecord, ...]]:
    """Give the documents of a sheet's set and year, by indicator, in order of title."""
    rows = session.exec(
        select(Evidence).where(
            Evidence.scope == sheet.scope,
            Evidence.criteria_set == sheet.criteria_set.id,
            Evidence.year == sheet.year,
        )
    )
    found: dict[str, list[EvidenceRecord]] = {}
    for row in rows:
        found.setdefault(row.indicator or "", []).append(_record(home, row))
    return {
        number: tuple(sorted(records, key=lambda record: sort_key(record.title)))
        for number, records in found.items()
    }


def evidence_about(
    session: Session, home: Home, scope: str, entity: str, row: str
) -> tuple[EvidenceRecord, ...]:
    """Give the documents about a row of a register, in order of title."""
    rows = session.exec(
        select(Evidence).where(Evidence.scope == scope, Evidence.about == about(entity, row))
    )
    return tuple(sorted((_record(home, it) for it in rows), key=lambda it: sort_key(it.title)))


def count_about(session: Session, scope: str, entity: str) -> Mapping[str, int]:
    """Count the documents about each row of a register."""
    found = query_of(session)(
        "SELECT about, count(*) FROM evidence WHERE scope = ? AND about LIKE ? GROUP BY about",
        (scope, about(entity, "%")),
    )
    return {named.partition("/")[2]: count for named, count in found}


def _record(home: Home, row: Evidence) -> EvidenceRecord:
    file = StoredFile(row.sha256, row.file_name or "", row.size or 0) if row.sha256 else None
    return EvidenceRecord(
        id=row.id,
        indicator=row.indicator or "",
        kind=row.kind or "",
        title=row.title or "",
        number=row.number or "",
        date_written=row.date_written or "",
        date_warning=(parse_date(row.date_written).warning or "") if row.date_written else "",
        issuer=row.issuer or "",
        file=file,
        present=file is None
        or (is_digest(file.sha256) and is_kept(home, file.sha256, file.size or None)),
    )


def missing_kinds(
    criteria_set: CriteriaSet, number: str, attached: Iterable[EvidenceRecord]
) -> tuple[EvidenceKind, ...]:
    """Give the kinds of document that are expected for an indicator and not there yet."""
    expected = set(criteria_set.indicator(number).evidence)
    have = {record.kind for record in attached}
    return tuple(
        kind for kind in criteria_set.evidence_kinds if kind.id in expected and kind.id not in have
    )
