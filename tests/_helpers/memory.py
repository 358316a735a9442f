"""Where tests keep their folders: in memory, if there is room, so that none waits for a disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4_000_000_000
"""Bytes that must be free; a whole run leaves less than a quarter of it."""


def folder_in_memory() -> Path | None:
    """A folder that is no disk at all, if this machine has one in which programs can run."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    return None if os.statvfs(MEMORY).f_flag & os.ST_NOEXEC else MEMORY
