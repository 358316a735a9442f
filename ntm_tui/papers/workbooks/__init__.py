"""Excel workbooks that an office makes from what is written down.

A module per subject gives tables (`table`) from the same use cases as the screens; `forms` puts
them in order as the office wants, `writing` and its neighbours write them as Excel files.
"""

from ntm_tui.papers.workbooks.results import RESULTS
from ntm_tui.papers.workbooks.workbook import Options, Workbook

WORKBOOKS: tuple[Workbook, ...] = (RESULTS,)
"""Every workbook, in the order in which they are offered."""

__all__ = ["WORKBOOKS", "Options", "Workbook"]
