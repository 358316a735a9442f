"""Vietnamese written for fonts of before Unicode (TCVN3, VNI), told and turned into Unicode."""

from db.workbooks.oldfonts.telling import UNTURNED, Settled, Told, settle, tell

__all__ = ["UNTURNED", "Settled", "Told", "settle", "tell"]
