"""The log file: what the program did, never what people typed.

Write event names and counts only. Text from a field, a name, a figure, a path that a person chose
or a key never goes into a message; nor does the message of a strange exception, which may quote
them (`ntm_tui.crash.describe` knows which messages are safe).
"""

from __future__ import annotations

import logging
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG = logging.getLogger("ntm")
FILE_NAME = "ntm.log"
MAX_BYTES = 500_000
KEPT_FILES = 4


def start_log(folder: Path) -> Path:
    """Begin to write the log in a folder, made if need be.

    A log that cannot be written is no reason to stop anyone's work: then nothing is logged.

    Returns:
        Where the log is, or would be.
    """
    path = folder / FILE_NAME
    stop_log()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    return path


def stop_log() -> None:
    """Close the log file."""
    for handler in LOG.handlers[:]:
        LOG.removeHandler(handler)
        handler.close()
