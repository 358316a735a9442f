"""The work area of the checklist."""

from __future__ import annotations

from ntm_tui.commands import AttachFile, Filter, Find, GoBack, ShowEvidence, ShowHistory, bindings
from ntm_tui.screens.checklist.assessing import Assessing
from ntm_tui.screens.checklist.opening import Opening
from ntm_tui.screens.checklist.searching import Searching


class ChecklistScreen(Assessing, Searching, Opening):
    """The list, and the detail of the row under the cursor.

    The detail is beside the list where there is room for both, else below it; in a very narrow
    terminal there is only the list.
    """

    HELP = """
Tiêu chí: danh sách chỉ tiêu, và chi tiết của chỉ tiêu đang chọn: còn thiếu gì để đạt, ai phụ trách,
minh chứng, lịch sử. Tab sang phần chi tiết để đọc tiếp.
"""
    BINDINGS = bindings(Find, Filter, ShowHistory, ShowEvidence, AttachFile, GoBack)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-stacked"), (100, "-wide")]  # noqa: RUF012
    AUTO_FOCUS = "ChecklistTable"
    DEFAULT_CSS = """
    ChecklistScreen {
        #body { height: 1fr; }
        ChecklistTable { height: 1fr; }
        Detail { height: 45%; border-top: solid $border-blurred; }
        Detail:focus { border-top: solid $border; }
        &.-narrow Detail { display: none; }
        &.-wide #body { layout: horizontal; }
        &.-wide ChecklistTable { width: 3fr; }
        &.-wide Detail {
            width: 2fr;
            height: 1fr;
            border-top: none;
            border-left: solid $border-blurred;
            &:focus { border-top: none; border-left: solid $border; }
        }
    }
    """
