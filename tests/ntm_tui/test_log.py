from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_tui.log import FILE_NAME, KEPT_FILES, LOG, MAX_BYTES, start_log, stop_log


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    yield
    stop_log()


def test_the_log_is_kept_in_the_folder_as_utf8(tmp_path: Path) -> None:
    path = start_log(tmp_path / "nhật ký")
    LOG.info("mở chương trình")
    assert path == tmp_path / "nhật ký" / FILE_NAME
    line = path.read_text(encoding="utf-8")
    assert line.endswith("Z INFO mở chương trình\n")


def test_starting_again_writes_each_line_once(tmp_path: Path) -> None:
    start_log(tmp_path)
    path = start_log(tmp_path)
    LOG.info("một")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1


def test_the_log_never_grows_without_end(tmp_path: Path) -> None:
    start_log(tmp_path)
    line = "x" * 100_000
    for _ in range(KEPT_FILES * 10):
        LOG.info(line)
    files = list(tmp_path.iterdir())
    assert len(files) <= KEPT_FILES + 1
    assert all(file.stat().st_size <= MAX_BYTES for file in files)


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    in_the_way = tmp_path / "tệp"
    in_the_way.write_text("", encoding="utf-8")
    start_log(in_the_way)
    LOG.info("vẫn chạy")
