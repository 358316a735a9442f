"""Importing at the district against a straight script that puts the same rows into the same tables.

python -m tests.bench importing          up to 100,000 changes in one bundle
NTM_BENCH_MILLION=1 python -m tests.bench importing          and one of 1,000,000
"""

import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from json import dumps, loads
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bench import sent, stores
from tests.bench.measuring import Ratio, timed

SIZES = (10_000, 100_000)
MILLION = 1_000_000
COMMUNES, EACH = 25, 12_000
FLAT = 1.20
"""How many times the cost of one change in a small bundle a change in a large one may be."""

_CHANGE = f"INSERT INTO change VALUES ({', '.join('?' * 18)})"
_SEGMENT = f"INSERT INTO segment VALUES ({', '.join('?' * 13)})"
_NOW = "2024-07-06T01:00:00.000Z"


def straight_script(store: Path, bundles: list[Path]) -> None:
    """Parse the lines, tell which change is the last of its field, insert all of it, commit."""
    with closing(sqlite3.connect(store)) as connection:
        for bundle in bundles:
            with zipfile.ZipFile(bundle) as archive:
                names = [n for n in archive.namelist() if n.endswith(".jsonl")]  # as written
                lines = [archive.read(name) for name in names]
            _insert(connection, lines)
        connection.commit()


def _insert(connection: sqlite3.Connection, segments: list[bytes]) -> None:
    last: dict[tuple[str, str, str], int] = {}
    changes: list[list[Any]] = []
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    place = connection.execute("SELECT coalesce(max(pk), 0) FROM change").fetchone()[0]
    for data in segments:
        hash_ = sha256(data).hexdigest()
        header, *lines = (loads(line) for line in data.splitlines())
        feed = (header["device"], header["incarnation"], header["scope"])
        connection.execute(
            _SEGMENT,
            (hash_, *feed, header["first"], header["last"], header["previous"], data, b"0" * 64,
             _NOW, "accepted", "", 1),
        )  # fmt: skip
        for seq, line in enumerate(lines, header["first"]):
            key = (line["e"], line["r"], line["f"])
            last[key] = len(changes)
            value = dumps(line["v"], ensure_ascii=False, separators=(",", ":"))
            based_on = dumps([_full(ref, feed, hash_) for ref in line.get("b", ())])
            changes.append(
                [place + len(changes) + 1, *feed, seq, hash_[:16], line["t"], _NOW, _NOW,
                 header["officers"][line.get("o", 0)], line.get("a", line["t"]), *key, value,
                 based_on, 0, 1]
            )  # fmt: skip
            rows.setdefault(key[:2], {})[key[2]] = line["v"]
    for place in last.values():
        changes[place][-2] = 1
    connection.executemany(_CHANGE, changes)
    _insert_rows(connection, feed[2], rows)


def _full(ref: Any, feed: tuple[str, str, str], hash_: str) -> str:
    place = f"{ref}:{hash_[:16]}" if isinstance(ref, int) else ref
    return place if "/" in place else f"{feed[0]}/{feed[1]}/{place}"


def _insert_rows(
    connection: sqlite3.Connection, scope: str, rows: dict[tuple[str, str], dict[str, Any]]
) -> None:
    for (entity, row), fields in rows.items():
        fields.pop("_exists")
        if entity == "assessment":
            key = ("criteria_set", "indicator", "year", "village")
            fields |= zip(key, row.split("|"), strict=True)
        elif entity == "commune":
            fields["code"] = row
        stored = [dumps(one) if isinstance(one, dict) else one for one in fields.values()]
        connection.execute(
            f"INSERT INTO {entity} (scope, id, {', '.join(fields)})"
            f" VALUES (?, ?{', ?' * len(fields)})",
            (scope, row, *stored),
        )


def run() -> Iterator[Ratio | str]:
    sizes = (*SIZES, MILLION) if os.environ.get("NTM_BENCH_MILLION") else SIZES
    costs, peaks = {}, {}
    for size in sizes:
        ours, theirs, again, peaks[size] = _measured(1, size)
        costs[size] = ours / size
        yield Ratio(f"import of {size:,} changes", ours, theirs, "straight script", 2.0)
        yield Ratio("the same once more, all of it known", again, ours, "the first time", 0.10)
    yield from _growth(costs, peaks)
    yield _preview()
    ours, theirs, again, peak = _measured(COMMUNES, EACH)
    name = f"{COMMUNES} communes of {EACH:,} in one go"
    yield Ratio(name, ours, theirs, "straight script", 2.0)
    yield Ratio("the same once more, all of it known", again, ours, "the first time", 0.10)
    yield f"peak memory of that {peak} MB"


def _preview() -> str:
    """Say how long looking at 10,000 differences takes, names and old values included."""
    from db.sync.receiving import receive
    from tests._helpers.stores import found_upper

    with stores.folder() as folder:
        path, device = sent.send(folder / "usb", 1, SIZES[0])
        with found_upper(folder / "home") as desk:
            start = perf_counter()
            seen = receive(desk, path, trust=[device], dry_run=True)
            took = perf_counter() - start
    found = seen.differences.total if seen.differences else 0
    return f"preview of {found:,} differences among {SIZES[0]:,} changes: {took:.2f} s"


def _growth(costs: dict[int, float], peaks: dict[int, int]) -> Iterator[str]:
    small, large = min(costs), max(costs)
    ratio = costs[large] / costs[small]
    yield (
        f"cost of a change: {ratio:.2f} x that of {small:,} at {large:,}"
        f"   goal {FLAT:.2f}  {'ok' if ratio <= FLAT else 'OVER'}"
    )
    said = ", ".join(f"{peak} MB at {size:,}" for size, peak in peaks.items())
    yield f"peak memory: {said}"


def _measured(communes: int, each: int) -> tuple[float, float, float, int]:
    """Give the seconds of our import, of the script, and of importing again; and the peak in MB."""
    with stores.folder() as folder:
        made = [sent.send(folder / "usb", number, each) for number in range(1, communes + 1)]
        bundles = [path for path, _device in made]
        from tests._helpers.stores import found_upper

        found_upper(folder / "straight").close()
        theirs = timed(lambda: straight_script(folder / "straight" / "ntm.sqlite", bundles))
        command = [sys.executable, "-m", "tests.bench.importing", str(folder)]
        command += [device for _path, device in made]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        ours, again, peak = said.split()
        _compare(folder / "straight" / "ntm.sqlite", folder / "home" / "ntm.sqlite")
    return float(ours), theirs, float(again), int(peak)


def _compare(one: Path, other: Path) -> None:
    """Refuse to compare times of different work."""
    asked = (
        "SELECT scope, entity, row, field, value, based_on, clock, head FROM change"
        " WHERE entity IN ('task', 'assessment') ORDER BY scope, entity, row, field, clock",
        "SELECT scope, id, title, due, state, indicator FROM task ORDER BY scope, id",
        "SELECT scope, id, note, indicator FROM assessment ORDER BY scope, id",
    )
    with closing(sqlite3.connect(one)) as first, closing(sqlite3.connect(other)) as second:
        for query in asked:
            for mine, theirs in zip(first.execute(query), second.execute(query), strict=True):
                if mine != theirs:
                    raise RuntimeError(f"different rows: {mine} {theirs}")


def main(folder: Path, devices: list[str]) -> None:
    """Import every bundle of a folder in this process, twice, and print what it took."""
    from db.sync.finding import bundles_in
    from db.sync.together import check_all, take_all
    from tests._helpers.stores import found_upper

    found = sorted(bundles_in(folder / "usb"))
    with found_upper(folder / "home") as desk:
        took = []
        for trusted in (devices, ()):
            start = perf_counter()
            came = take_all(desk, check_all(desk, found), trust=trusted)
            took.append(perf_counter() - start)
            assert all(one.outcome is not None for one in came)
    print(*took, _peak())


def _peak() -> int:
    """Give this program's greatest size in MB; what `getrusage` tells begins with the parent's."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
