"""Reading published criteria sets from TOML, with every problem told at once."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path

from db.criteria.assembly import read_set
from db.criteria.definitions import CriteriaSet
from db.criteria.reading import SourceText, TableReader
from db.text import clean

_SHIPPED = ("xa-ntm-2021-2025.toml", "xa-ntm-nang-cao-2021-2025.toml")
_TOML_PLACE = re.compile(r"at line (\d+), column (\d+)")


class CriteriaProblem(ValueError):
    """A criteria file is wrong; `problems` are Vietnamese sentences with their places."""

    def __init__(self, problems: tuple[str, ...]):
        super().__init__("\n".join(problems))
        self.problems = problems


def load(source: Path | bytes) -> CriteriaSet:
    """Read one set.

    Raises:
        CriteriaProblem: with all problems of the file; nothing of it is used then.
    """
    raw = source if isinstance(source, bytes) else _read(source)
    text = _decoded(raw)
    table = TableReader(_parsed(text), "đầu tệp", [], SourceText(text))
    criteria_set = read_set(table, hashlib.sha256(clean(text).encode()).hexdigest())
    if table.problems:
        raise CriteriaProblem(tuple(table.problems))
    return criteria_set


def check(path: Path) -> list[str]:
    """Tell everything that is wrong with a file; an empty list when it can be used."""
    try:
        load(path)
    except CriteriaProblem as problem:
        return list(problem.problems)
    return []


@cache
def shipped() -> tuple[CriteriaSet, ...]:
    """Return the sets that come with the program."""
    return tuple(load(raw) for raw in _shipped_bytes())


def _shipped_bytes() -> Iterator[bytes]:
    folder = resources.files("db.criteria")
    for name in _SHIPPED:
        yield folder.joinpath(name).read_bytes()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise CriteriaProblem(
            (f"Không đọc được tệp {path}. Hãy kiểm tra tên tệp và quyền mở tệp.",)
        ) from problem


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise CriteriaProblem(
            (f"Dòng {line}: tệp không phải là chữ UTF-8. Hãy lưu lại tệp với bảng mã UTF-8.",)
        ) from problem


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as problem:
        found = _TOML_PLACE.search(str(problem))
        place = f"Dòng {found[1]}, cột {found[2]}" if found else "Trong tệp"
        raise CriteriaProblem(
            (f"{place}: tệp không viết đúng quy tắc TOML (hãy xem dấu ngoặc, dấu bằng).",)
        ) from problem
