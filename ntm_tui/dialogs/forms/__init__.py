"""How the office wants the sheets of its workbooks: chosen, then arranged."""

from ntm_tui.dialogs.forms.dialog import FormDialog

__all__ = ["FormDialog"]
