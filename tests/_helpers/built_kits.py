"""Kits that `make kit` made: it needs a network, tests do not."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from kit.building.targets import REPOSITORY


def built_kit(platform: str) -> Path:
    """Where a platform's kit is; skips plainly without it, or fails where nothing may skip."""
    found = sorted((REPOSITORY / "dist").glob(f"NTM-kit-*-{platform}.zip"))
    if not found:
        return _without(f'needs the {platform} kit: make kit KIT="--platform {platform}"')
    newest = max(found, key=lambda path: path.stat().st_mtime)
    if changed := _changed_since(newest):
        return _without(f"{newest.name} is older than {changed}: make kit again")
    return newest


def _without(message: str) -> Path:
    if os.environ.get("NTM_NO_SKIPS") == "1":
        pytest.fail(message)
    pytest.skip(message)


def _changed_since(kit: Path) -> str:
    """Name a file of the program that the kit has otherwise; empty when there is none."""
    with zipfile.ZipFile(kit) as archive:
        (wheel,) = (name for name in archive.namelist() if "/ntm_tui-" in name)
        with zipfile.ZipFile(io.BytesIO(archive.read(wheel))) as packed:
            for name in packed.namelist():
                source = REPOSITORY / name
                if ".dist-info/" not in name and (
                    not source.is_file() or source.read_bytes() != packed.read(name)
                ):
                    return name
        inside = archive.namelist()
        for source in (REPOSITORY / "kit" / "installing").glob("*.py"):
            (name,) = (it for it in inside if it.endswith(f"/kit/installing/{source.name}"))
            if archive.read(name) != source.read_bytes():
                return str(source.relative_to(REPOSITORY))
    return ""
