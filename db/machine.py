"""Which machine this is, so that a store carried elsewhere is recognised."""

import hashlib
import platform
import sys
from pathlib import Path

_LINUX_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def machine_id() -> str:
    """A text that stays the same on this machine and differs on others (32 hex).

    The system's own number is hashed, because it is meant to stay on the machine.
    """
    raw = _system_number() or f"name:{platform.node()}"
    return hashlib.sha256(f"ntm-tui/{raw}".encode()).hexdigest()[:32]


def machine_name() -> str:
    """The name people gave this machine; "máy không tên" where there is none."""
    return platform.node().strip()[:60] or "máy không tên"


if sys.platform == "win32":
    import winreg

    def _system_number() -> str:
        """MachineGuid from the registry, also under a 32-bit Python; empty where it is missing."""
        try:
            access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            place = r"SOFTWARE\Microsoft\Cryptography"
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place, 0, access) as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""

else:

    def _system_number() -> str:
        """The number that systemd or D-Bus gave this installation; empty where it is missing."""
        for path in _LINUX_FILES:
            try:
                if number := path.read_text(encoding="ascii", errors="replace").strip():
                    return number
            except OSError:
                continue
        return ""
