"""Excel workbooks that an office makes from what is written down.

A module per subject gives tables (`table`) from the same use cases as the screens; `forms` puts
them in order as the office wants, `writing` and its neighbours write them as Excel files.
"""

from ntm_tui.papers.workbooks.contributions import CONTRIBUTIONS
from ntm_tui.papers.workbooks.evidence import EVIDENCE_INDEX
from ntm_tui.papers.workbooks.half_year import HALF_YEAR
from ntm_tui.papers.workbooks.matrix import MATRIX
from ntm_tui.papers.workbooks.money import DISBURSEMENT, RESOURCES, WORK_LIST
from ntm_tui.papers.workbooks.results import RESULTS
from ntm_tui.papers.workbooks.villages import VILLAGE_GRID
from ntm_tui.papers.workbooks.work import OBSTACLE_LIST, RESPONSIBILITY_LIST, TASK_LIST
from ntm_tui.papers.workbooks.workbook import Options, Workbook

WORKBOOKS: tuple[Workbook, ...] = (
    RESULTS,
    HALF_YEAR,
    VILLAGE_GRID,
    RESOURCES,
    WORK_LIST,
    DISBURSEMENT,
    CONTRIBUTIONS,
    OBSTACLE_LIST,
    TASK_LIST,
    RESPONSIBILITY_LIST,
    EVIDENCE_INDEX,
    MATRIX,
)
"""Every workbook, in the order in which they are offered."""

__all__ = ["WORKBOOKS", "Options", "Workbook"]
