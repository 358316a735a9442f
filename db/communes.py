"""The commune: its canonical code, its profile, its villages and officers, and its founding."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from db.criteria.definitions import Tier
from db.engine import query_of
from db.models import Commune, Officer, Village
from db.numbers import YEARS
from db.problems import Refused
from db.sheet.commune import DEFAULT_SETS, CommuneProfile, read_profile
from db.text import clean, fold, slug, sort_key
from db.unit_names import Level, bare_name

_LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
_MOST_COUNT_DIGITS = 9
_COUNT = re.compile(r"[0-9]+|[0-9]{1,3}([ .,][0-9]{3})+")


@dataclass(frozen=True)
class VillageRecord:
    """One village. `households` and `population` are counts, None when not known."""

    code: str
    name: str
    households: int | None = None
    population: int | None = None


@dataclass(frozen=True)
class Founding:
    """The answers to the first-run questions."""

    province: str
    district: str
    commune: str
    officer: str
    year: int
    tier: Tier = Tier.NTM
    villages: tuple[VillageRecord, ...] = ()
    position: str = ""


def commune_code(province: str, district: str, commune: str) -> str:
    """Make a commune's canonical code, such as `lang-son/huu-lung/cai-kinh`.

    Typed names differ between laptops; the folded ones without "xã", "huyện", "tỉnh" do not.

    Raises:
        Refused: a name is empty.
    """
    named = zip((province, district, commune), _LEVELS, strict=True)
    parts = [slug(bare_name(name, level)) for name, level in named]
    if not all(parts):
        raise Refused(
            "Cần đủ tên tỉnh, huyện và xã để đặt mã cho xã. Chưa có gì được tạo. "
            "Hãy điền các tên còn thiếu."
        )
    return "/".join(parts)


def village_code(name: str) -> str:
    """Make a village's code from its name, so that both laptops mean the same village."""
    return slug(bare_name(name, Level.VILLAGE)) or slug(name)


def check_year(year: int) -> None:
    """Refuse a year that is none of this programme's.

    Raises:
        Refused: it is another one.
    """
    if year not in YEARS:
        raise Refused(
            f"Năm phấn đấu “{year}” không hợp lý. Chưa có gì được tạo. "
            f"Hãy chọn năm từ {YEARS[0]} đến {YEARS[-1]}."
        )


def found(session: Session, answers: Founding) -> str:
    """Write down the commune, its officer and its villages; gives the commune's code.

    Args:
        session: the journalling session of one action.
        answers: what the person answered.
    """
    scope = commune_code(answers.province, answers.district, answers.commune)
    commune: Commune = Commune.keyed(scope, scope)
    commune.name = bare_name(answers.commune, Level.COMMUNE)
    commune.district = bare_name(answers.district, Level.DISTRICT)
    commune.province = bare_name(answers.province, Level.PROVINCE)
    commune.upper_level = f"huyện {commune.district}"
    commune.tier = answers.tier
    commune.target_year = answers.year
    commune.criteria_set = DEFAULT_SETS[answers.tier]
    session.add(commune)
    add_officer(session, scope, answers.officer, answers.position)
    add_villages(session, scope, answers.villages)
    return scope


def officer_name(typed: str) -> str:
    """Give an officer's name as it is kept: composed, on one line.

    Raises:
        Refused: there is no name.
    """
    name = " ".join(clean(typed).split())
    if not slug(name):
        raise Refused("Cần họ tên cán bộ để ghi ai đã làm. Hãy điền họ tên rồi làm lại.")
    return name


def add_officer(session: Session, scope: str, name: str, position: str = "") -> None:
    """Write down an officer, unless one of that name is known.

    Raises:
        Refused: the name is empty.
    """
    name = officer_name(name)
    code = slug(name)
    if session.get(Officer, (scope, code)) is None:
        officer: Officer = Officer.keyed(scope, code)
        officer.name = name
        officer.position = clean(position) or None
        session.add(officer)


def add_villages(session: Session, scope: str, villages: Iterable[VillageRecord]) -> None:
    """Write down villages that are not known yet."""
    for record in villages:
        if session.get(Village, (scope, record.code)) is None:
            village: Village = Village.keyed(scope, record.code)
            village.name = record.name
            village.households = record.households
            village.population = record.population
            session.add(village)


def profile(session: Session, scope: str = "") -> CommuneProfile:
    """Give the commune of this store; one of several by its code.

    Raises:
        StoreMissing: the store holds no such commune yet.
    """
    return read_profile(query_of(session), scope)


def villages(session: Session, scope: str) -> tuple[VillageRecord, ...]:
    """Give the commune's villages in the Vietnamese order, "Thôn" before the name aside."""
    rows = session.exec(select(Village).where(Village.scope == scope))
    found = [
        VillageRecord(row.code, row.name or row.code, row.households, row.population)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda village: village_order(village.name)))


def village_order(name: str) -> Any:
    """Give what villages are sorted by: their own name, without the word for its kind."""
    return sort_key(bare_name(name, Level.VILLAGE))


def officers(session: Session, scope: str) -> tuple[str, ...]:
    """Give the names of the officers, in the Vietnamese order."""
    rows = session.exec(select(Officer).where(Officer.scope == scope))
    return tuple(sorted((row.name or row.code for row in rows), key=sort_key))


def read_villages(text: str) -> tuple[VillageRecord, ...]:
    """Read villages from a CSV file or a pasted list: name, households, population a line.

    Commas, semicolons and tabs separate; a heading line is passed over.

    Raises:
        Refused: a line cannot be understood; the line is named.
    """
    lines = [line for line in clean(text).lstrip("\ufeff").splitlines() if line.strip(" ,;\t")]
    records: dict[str, VillageRecord] = {}
    for number, line in enumerate(lines, 1):
        separator = next((mark for mark in "\t;," if mark in line), ",")
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=separator))]
        if number == 1 and _is_heading(cells):
            continue
        record = _village(cells, number)
        same = records.setdefault(record.code, record)
        if same != record and same.name == record.name:
            raise Refused(
                f"Dòng {number} của danh sách thôn: thôn “{record.name}” đã có ở dòng trên với số "
                "khác. Chưa có gì được ghi. Hãy bỏ một trong hai dòng."
            )
        if same.name != record.name:
            raise Refused(
                f"Dòng {number} của danh sách thôn: “{record.name}” chỉ khác “{same.name}” ở dấu "
                "hoặc chữ đứng trước, nên chương trình coi là một thôn. Chưa có gì được ghi. "
                "Hãy thêm chữ hoặc số để phân biệt hai thôn."
            )
    return tuple(records.values())


def _is_heading(cells: list[str]) -> bool:
    return fold(cells[0]) in {"ten", "ten thon", "thon", "name", "village"}


def _village(cells: list[str], number: int) -> VillageRecord:
    code = village_code(cells[0])
    counts = [_count(cell, number) for cell in [*cells[1:3], "", ""][:2]]
    if not code:
        raise Refused(f"Dòng {number} của danh sách thôn không có tên thôn. Chưa có gì được ghi.")
    return VillageRecord(code, cells[0], *counts)


def _count(cell: str, number: int) -> int | None:
    if not cell:
        return None
    digits = re.sub("[ .,]", "", cell)
    if not _COUNT.fullmatch(cell) or len(digits) > _MOST_COUNT_DIGITS:
        raise Refused(
            f"Dòng {number} của danh sách thôn: “{cell}” không phải là số đếm. "
            "Chưa có gì được ghi. Hãy sửa dòng đó rồi làm lại."
        )
    return int(digits)
