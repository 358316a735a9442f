"""An old workbook of the commune taken over: looked at, corrected, and then written."""

from ntm_tui.dialogs.workbook.dialog import WorkbookDialog

__all__ = ["WorkbookDialog"]
