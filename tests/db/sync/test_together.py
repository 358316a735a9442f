"""Many bundles at once: all are checked first, and a bad one never blocks the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import backups
from db.communes import Founding
from db.desk import Desk
from db.sync.together import Received, check_all, take_all
from tests._helpers.stores import count, device, dump_of, found, found_upper, send, set_note

NAMES = ("Cai Kinh", "Minh Tiến", "Yên Vượng")


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[tuple[list[Path], list[str]]]:
    """The bundles of three communes, and the machines that wrote them."""
    paths, devices = [], []
    for number, name in enumerate(NAMES):
        answers = Founding("Lạng Sơn", "Hữu Lũng", name, "Nguyễn Thị Hường", 2024)
        with found(tmp_path / f"xa-{number}", answers=answers) as desk:
            set_note(desk, "1.1", f"của {name}")
            paths.append(send(desk, tmp_path / "usb", "upper").path)
            devices.append(device(desk))
    yield paths, devices


@pytest.fixture
def upper(tmp_path: Path) -> Iterator[Desk]:
    with found_upper(tmp_path / "huyen") as desk:
        yield desk


def copies(desk: Desk) -> int:
    return len([one for one in backups.list_backups(desk.home) if one.why is backups.Why.IMPORT])


def bring(
    desk: Desk,
    paths: list[Path],
    devices: list[str],
    told: Callable[[Received], None] | None = None,
) -> tuple[Received, ...]:
    return take_all(desk, check_all(desk, paths), trust=devices, told=told)


def test_the_order_does_not_matter(
    upper: Desk, tmp_path: Path, sent: tuple[list[Path], list[str]]
) -> None:
    paths, devices = sent
    bring(upper, paths, devices)
    with found_upper(tmp_path / "huyen-2") as again:
        bring(again, paths[::-1], devices)
        ours = ("device_trust", "upper_trust", "officer", "upper_office")

        def shared(desk: Desk) -> list[str]:
            return [line for line in dump_of(desk).splitlines() if not any(w in line for w in ours)]

        for name in ("assessment", "commune"):
            assert count(again, name) == count(upper, name) == 3
        assert len(shared(again)) == len(shared(upper))


def test_a_bad_bundle_blocks_no_other_and_each_is_told_as_it_is_done(
    upper: Desk, sent: tuple[list[Path], list[str]]
) -> None:
    paths, devices = sent
    paths[0].write_bytes(paths[0].read_bytes()[:-9])
    told: list[Received] = []
    results = bring(upper, paths, devices, told.append)
    assert [one.problem is None for one in results] == [False, True, True]
    assert tuple(told) == results
    assert count(upper, "commune") == 2


def test_everything_is_checked_before_anything_comes_in(
    upper: Desk, sent: tuple[list[Path], list[str]], tmp_path: Path
) -> None:
    paths, _devices = sent
    (tmp_path / "usb" / "la.zip").write_bytes(b"PK")
    before = dump_of(upper)
    checked = check_all(upper, [*paths, tmp_path / "usb" / "la.zip", tmp_path / "khong-co.zip"])
    assert [one.problem is None for one in checked] == [True, True, True, False, False]
    assert dump_of(upper) == before


def test_one_copy_of_the_store_is_made_for_all_of_them(
    upper: Desk, sent: tuple[list[Path], list[str]]
) -> None:
    paths, devices = sent
    results = bring(upper, paths, devices)
    assert copies(upper) == 1
    assert len({one.outcome.backup for one in results if one.outcome}) == 1
    again = bring(upper, paths, [])
    assert [one.outcome.new for one in again if one.outcome] == [0, 0, 0]
    assert copies(upper) == 1


def test_no_machine_is_trusted_along_the_way(
    upper: Desk, sent: tuple[list[Path], list[str]]
) -> None:
    paths, devices = sent
    results = bring(upper, paths, devices[:1])
    assert [bool(one.outcome and one.outcome.strangers) for one in results] == [False, True, True]
    assert count(upper, "commune") == 1


def test_stopping_keeps_what_came_in_and_leaves_the_rest_untouched(
    upper: Desk, sent: tuple[list[Path], list[str]]
) -> None:
    paths, devices = sent
    checked = check_all(upper, paths)
    told: list[Received] = []
    results = take_all(
        upper, checked, trust=devices, told=told.append, cancelled=lambda: len(told) >= 1
    )
    assert [one.stopped for one in results] == [False, True, True]
    assert count(upper, "commune") == 1
    assert all(one.outcome for one in bring(upper, paths, devices))
    assert count(upper, "commune") == 3


def test_progress_runs_once_over_all_of_them(
    upper: Desk, sent: tuple[list[Path], list[str]]
) -> None:
    paths, devices = sent
    total = sum(path.stat().st_size for path in paths)
    noted: list[tuple[int, int]] = []
    checked = check_all(upper, paths, progress=lambda *at: noted.append(at))
    assert {of for _done, of in noted} == {total}
    assert noted == sorted(noted)
    noted.clear()
    take_all(upper, checked, trust=devices, progress=lambda *at: noted.append(at))
    assert noted == sorted(noted)
    assert noted[0][0] < total / 2
