"""Vietnamese written for fonts of before Unicode (TCVN3, VNI), told and turned into Unicode."""

from db.workbooks.oldfonts.telling import Told, tell

__all__ = ["Told", "tell"]
