"""What each village has and lacks, for the indicators that are kept by village."""

from dataclasses import dataclass

from db.communes import VillageRecord
from db.desk import Desk
from db.judging import AS_GOOD_AS_MET, Figure, Status, suggest
from db.reporting.progress import Progress
from db.sheet.records import IndicatorState
from db.villages import read_grid


@dataclass(frozen=True)
class VillageGap:
    """An indicator that a village holds back; `missing` says what is still to be done there."""

    state: IndicatorState
    status: Status
    figure: Figure | None
    figure_before: Figure | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class VillageStand:
    """One village: how many of its indicators are met, how many there are, and what is lacking."""

    village: VillageRecord
    met: int
    total: int
    gaps: tuple[VillageGap, ...]


def read_villages(desk: Desk, progress: Progress) -> tuple[VillageStand, ...]:
    """Read how the villages stand now; what they had before comes from the journal."""
    with desk.reading() as session:
        grid = read_grid(session, progress.now.sheet)
    by_village: dict[str, list[VillageGap]] = {it.code: [] for it in grid.villages}
    met = dict.fromkeys(by_village, 0)
    for place, finding in grid.findings.items():
        state = grid.by_number[place.number]
        if finding.status in AS_GOOD_AS_MET:
            met[place.village] += 1
        elif finding.status is not Status.NOT_ASSESSED:
            by_village[place.village].append(
                _gap(progress, state, place.village, finding.status, finding.figure)
            )
    return tuple(
        VillageStand(it, met[it.code], len(grid.columns), tuple(by_village[it.code]))
        for it in grid.villages
    )


def _gap(
    progress: Progress, state: IndicatorState, village: str, status: Status, figure: Figure | None
) -> VillageGap:
    was = progress.was(state.indicator.number)
    before = was.villages.get(village) if was is not None else None
    threshold, year = state.threshold.effective, progress.now.sheet.year
    missing = suggest(state.indicator, threshold, figure, year).shortfalls
    return VillageGap(
        state,
        status,
        figure,
        before.figure if before is not None else None,
        tuple(it.text for it in missing),
    )
