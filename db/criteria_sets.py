"""The criteria sets that a home can use: the shipped ones and those the office added."""

from functools import lru_cache
from pathlib import Path

from db import files
from db.criteria.definitions import CriteriaSet
from db.criteria.loader import CriteriaProblem, check, load, shipped
from db.home import Home
from db.problems import NotFound, Refused


def available(home: Home) -> tuple[CriteriaSet, ...]:
    """Give every set, shipped ones first; a file that cannot be read is passed over."""
    return _available(home.criteria, _stamp(home.criteria))


@lru_cache(maxsize=8)
def _available(folder: Path, _stamp: float) -> tuple[CriteriaSet, ...]:
    found = list(shipped())
    known = {one.id for one in found}
    for path in sorted(folder.glob("*.toml")):
        try:
            added = load(path)
        except CriteriaProblem:
            continue
        if added.id not in known:
            known.add(added.id)
            found.append(added)
    return tuple(found)


def _stamp(folder: Path) -> float:
    return folder.stat().st_mtime if folder.exists() else 0.0


def find(home: Home, set_id: str) -> CriteriaSet:
    """Give one set by its id.

    Raises:
        NotFound: no such set; those there are get named.
    """
    sets = available(home)
    for one in sets:
        if one.id == set_id:
            return one
    known = ", ".join(one.id for one in sets)
    raise NotFound(f"Không có bộ tiêu chí “{set_id}”. Các bộ đang có: {known}.")


def add(home: Home, path: Path) -> CriteriaSet:
    """Take a published set into this home, once and for ever as it is.

    Raises:
        Refused: the file is wrong, or another set bears its id.
    """
    added = acceptable(home, path)
    if added.id not in {one.id for one in available(home)}:
        home.criteria.mkdir(parents=True, exist_ok=True)
        files.write_atomic(home.criteria / f"{added.id}.toml", path.read_bytes())
    return added


def acceptable(home: Home, path: Path) -> CriteriaSet:
    """Give the set of a file, if this home could take it in or has it.

    Raises:
        Refused: the file is wrong, or another set bears its id.
    """
    problems = check(path)
    if problems:
        raise Refused("Tệp bộ tiêu chí chưa đúng, chưa thêm gì:\n" + "\n".join(problems))
    added = load(path)
    same = [one for one in available(home) if one.id == added.id]
    if same and same[0].hash != added.hash:
        raise Refused(
            f"Đã có bộ tiêu chí mang mã “{added.id}” với nội dung khác. Bộ đang có còn nguyên. "
            "Bộ đã công bố không sửa được: hãy đặt mã mới và ghi supersedes."
        )
    return added
