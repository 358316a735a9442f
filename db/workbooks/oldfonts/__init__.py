"""Vietnamese written for fonts of before Unicode (TCVN3, VNI), told and turned into Unicode."""

from db.workbooks.oldfonts.telling import Settled, Told, settle, tell

__all__ = ["Settled", "Told", "settle", "tell"]
