"""The kit's folder put together, summed up and zipped."""

import hashlib
import json
import shutil
import time
import zipfile
from pathlib import Path

from kit.building import embedded, guide, wheels
from kit.building.embedded import Embedded
from kit.building.refusal import CannotBuild
from kit.building.targets import REPOSITORY, Platform, Target

_SOURCES = REPOSITORY / "kit"
_SCRIPTS = _SOURCES / "scripts"
_MOST = 45_000_000
"""Bytes of a kit without Python."""
_STORED = (".whl", ".docx")


def build(
    platform: Platform, pythons: tuple[str, ...], brought: Embedded | None, into: Path
) -> Path:
    """Make one kit and give the path of its zip.

    Args:
        platform: the machines it is for.
        pythons: the versions of Python it serves.
        brought: the Python that travels with it, if one does.
        into: the folder for the zip.

    Raises:
        CannotBuild: something is missing, or the kit is too large.
    """
    into.mkdir(parents=True, exist_ok=True)
    work = into / f".{platform.name}.dang-lam"
    shutil.rmtree(work, ignore_errors=True)
    try:
        return _build(platform, pythons, brought, work, into)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _build(
    platform: Platform, pythons: tuple[str, ...], brought: Embedded | None, work: Path, into: Path
) -> Path:
    folder = work / "kit"
    store = folder / "wheels"
    store.mkdir(parents=True)
    own = wheels.own_wheel(store)
    version = own.name.split("-")[1]
    listed = {}
    for target in (Target(platform, python) for python in pythons):
        listed[target.python] = [*wheels.fetch(target, store), own.name]
        wheels.prove(target, store, own)
    lay_scripts(platform, folder)
    about = {"format": 1, "version": version, "platform": platform.name}
    about |= {"wheels": listed, "embedded": brought is not None}
    (folder / "bo-cai" / "kit.json").write_text(json.dumps(about, indent=1), encoding="utf-8")
    guide.write(folder, version)
    _check_size(folder)
    if brought is not None:
        embedded.lay_out(brought, folder / "python")
    sum_up(folder)
    name = f"NTM-kit-{version}-{platform.name}"
    return zip_up(folder, name, into)


def lay_scripts(platform: Platform, folder: Path) -> None:
    """Lay the installer and what starts it into a kit's folder."""
    scripts = _SCRIPTS / ("windows" if platform.windows else "linux")
    shutil.copytree(scripts / "kit", folder, dirs_exist_ok=True)
    inside = folder / "bo-cai"
    shutil.copytree(scripts / "installed", inside / "may")
    (inside / "start").mkdir()
    shutil.copy(_SCRIPTS / "start.py", inside / "start" / "__main__.py")
    shutil.copy(_SCRIPTS / "installer.py", inside / "__main__.py")
    for name in ("loi.txt", "thieu-python.txt"):
        shutil.copy(_SCRIPTS / name, inside / name)
    (inside / "kit").mkdir()
    shutil.copy(_SOURCES / "__init__.py", inside / "kit")
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(_SOURCES / "installing", inside / "kit" / "installing", ignore=left_out)


def sum_up(folder: Path) -> None:
    """Write the checksum of every file, in the form that sha256sum reads."""
    lines = []
    for path in _files(folder):
        with path.open("rb") as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()
        lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def zip_up(folder: Path, name: str, into: Path) -> Path:
    """Zip a kit's folder under its name; the zip gets its final name when it is whole."""
    target, partial = into / f"{name}.zip", into / f"{name}.zip.part"
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(folder):
            entry = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}")
            entry.date_time = time.gmtime(path.stat().st_mtime)[:6]
            entry.external_attr = (path.stat().st_mode & 0xFFFF) << 16
            stored = path.suffix in _STORED
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    partial.replace(target)
    return target


def _check_size(folder: Path) -> None:
    size = sum(path.stat().st_size for path in _files(folder))
    if size > _MOST:
        raise CannotBuild(
            f"Bộ cài nặng {size // 1_000_000} MB, quá {_MOST // 1_000_000} MB. "
            "Hãy bớt bản Python bằng --python, như --python 3.12."
        )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
