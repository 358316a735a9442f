"""What only Windows has: shortcuts, by its own interface, because older ways lose Vietnamese names.

Nothing here runs elsewhere; docs/windows-checklist.md has the trials.
"""

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    import uuid
    import winreg

    _SHELL_LINK = "{00021401-0000-0000-C000-000000000046}"
    _SHELL_LINK_W = "{000214F9-0000-0000-C000-000000000046}"
    _PERSIST_FILE = "{0000010B-0000-0000-C000-000000000046}"
    _IN_PROCESS = 1
    # Places in the tables of functions of these interfaces.
    _QUERY, _RELEASE = 0, 2
    _SET_DESCRIPTION, _SET_FOLDER, _SET_PATH, _SAVE = 7, 9, 20, 6

    def known_folders() -> list[Path]:
        """Give the desktop and the menu of programs of this account, wherever they were moved."""
        place = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        found = []
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key:
            for name in ("Desktop", "Programs"):
                value, _ = winreg.QueryValueEx(key, name)
                found.append(Path(os.path.expandvars(value)))
        return found

    def save_link(place: Path, target: Path) -> None:
        """Write a shortcut to a file.

        Raises:
            OSError: Windows would not.
        """
        ole = ctypes.OleDLL("ole32")
        ole.CoInitialize(None)
        link = ctypes.c_void_p()
        ole.CoCreateInstance(
            _guid(_SHELL_LINK), None, _IN_PROCESS, _guid(_SHELL_LINK_W), ctypes.byref(link)
        )
        _call(link, _SET_PATH, ctypes.c_wchar_p(str(target)))
        _call(link, _SET_FOLDER, ctypes.c_wchar_p(str(target.parent)))
        _call(link, _SET_DESCRIPTION, ctypes.c_wchar_p("Sổ tay nông thôn mới"))
        file = ctypes.c_void_p()
        _call(link, _QUERY, _guid(_PERSIST_FILE), ctypes.byref(file))
        _call(file, _SAVE, ctypes.c_wchar_p(str(place)), 1)
        for one in (file, link):
            _call(one, _RELEASE, answers=ctypes.c_ulong)
        ole.CoUninitialize()

    def _guid(text: str) -> "ctypes.Array[ctypes.c_char]":
        return ctypes.create_string_buffer(uuid.UUID(text).bytes_le, 16)

    def _call(
        thing: ctypes.c_void_p, place: int, *values: object, answers: type = ctypes.HRESULT
    ) -> None:
        """Call one function of an interface; a failure is raised by ctypes as an `OSError`."""
        table = ctypes.cast(thing, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p)))[0]
        kinds = [ctypes.c_void_p] * len(values)
        function = ctypes.WINFUNCTYPE(answers, ctypes.c_void_p, *kinds)(table[place])
        function(thing, *values)
