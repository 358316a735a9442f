from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from db.judging import Status
from ntm_tui.widgets.bars import BLOCKS, cells, legend, progress_bar, status_bar
from tests._helpers.looks import DRAWABLE

COUNTS = st.lists(st.integers(0, 100), min_size=1, max_size=6)


@given(COUNTS, st.integers(0, 120))
def test_the_parts_of_a_bar_fill_it_exactly(counts: list[int], width: int) -> None:
    given_ = cells(counts, width)
    assert sum(given_) == (width if sum(counts) else 0)
    assert all(size >= 0 for size in given_)
    assert all(size == 0 for size, count in zip(given_, counts, strict=True) if not count)


@given(COUNTS)
def test_nothing_that_is_there_is_drawn_as_nothing(counts: list[int]) -> None:
    drawn = cells(counts, 20)
    assert all(size for size, count in zip(drawn, counts, strict=True) if count)


@given(COUNTS, st.integers(1, 100))
def test_more_is_never_drawn_shorter_by_more_than_a_cell(counts: list[int], width: int) -> None:
    drawn = sorted(zip(counts, cells(counts, width), strict=True))
    assert all(before <= after + 1 for (_, before), (_, after) in pairwise(drawn))


@given(st.integers(0, 500), st.integers(1, 500), st.integers(2, 60))
def test_a_bar_is_full_only_when_all_is_done(done: int, total: int, width: int) -> None:
    drawn = progress_bar(done, total, width).plain
    assert len(drawn) == width
    assert ("░" not in drawn) == (done >= total)
    assert ("█" in drawn) == (done > 0)


def test_every_status_has_a_block_of_its_own_that_old_consoles_can_draw() -> None:
    assert set(BLOCKS) == set(Status)
    assert len(set(BLOCKS.values())) == len(BLOCKS)
    assert set(BLOCKS.values()) <= DRAWABLE


def test_the_legend_names_only_what_the_bar_shows() -> None:
    counts = {Status.MET: 3, Status.NOT_MET: 1}
    assert status_bar(counts, 4).plain == "███▄"
    assert legend(counts).plain == "█ Đạt 3  ▄ Chưa đạt 1"
