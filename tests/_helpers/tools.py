"""Programs beyond Python that a test needs."""

import os
import shutil

import pytest


def program(name: str) -> str:
    """Where a program is; skips the test plainly without it, or fails where nothing may skip."""
    found = shutil.which(name)
    if found is None:
        message = f"needs the program {name}, which is not installed here"
        if os.environ.get("NTM_NO_SKIPS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return found
