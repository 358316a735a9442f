"""The pointer: the one small file that says which version runs, with which Python, on which data.

It is written as the system's own command language, so that a launcher reads it without Python, and
replaced as a whole: before that the old version runs, after it the new one. What only Python reads
is written in plain ASCII with escapes, because cmd may read other letters by another code page.
"""

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

WINDOWS = os.name == "nt"
_WINDOWS_LINE = re.compile(r'set "NTM_(?P<name>[A-Z_]+)=(?P<value>.*)"')
_PERSON = "%USERPROFILE%"
_READ_BY_SHELLS = ("version", "python")


@dataclass(frozen=True)
class Pointer:
    """What runs.

    Attributes:
        version: the folder below `versions`.
        python: the Python that runs it; below the installed folder when it is not absolute.
        shared: the folder of shared data; empty when each account has its own.
        previous: the version before, to go back to; empty when there is none.
        previous_python: the Python of that version.
        backup: the copy of the store taken before this version came.
    """

    version: str
    python: str
    shared: str = ""
    previous: str = ""
    previous_python: str = ""
    backup: str = ""


def pointer_file(root: Path, *, windows: bool = WINDOWS) -> Path:
    """Give the pointer of an installed folder."""
    return root / ("hien-tai.cmd" if windows else "hien-tai.sh")


def render(pointer: Pointer, *, windows: bool = WINDOWS) -> str:
    """Write a pointer as the system's command language."""
    values = {
        one.name.upper(): _escaped(one.name, getattr(pointer, one.name)) for one in fields(pointer)
    }
    if windows:
        lines = [f'set "NTM_{name}={_for_cmd(value)}"' for name, value in values.items()]
        return "".join(f"{line}\r\n" for line in lines)
    return "".join(f"NTM_{name}={shlex.quote(value)}\n" for name, value in values.items())


def parse(
    text: str, *, windows: bool = WINDOWS, environ: Mapping[str, str] = os.environ
) -> Pointer:
    """Read what `render` wrote.

    Raises:
        ValueError: it is something else.
    """
    found = {}
    for line in text.splitlines():
        name, value = _from_cmd(line, environ) if windows else _from_shell(line)
        found[name.lower()] = value
    try:
        return Pointer(**{name: _plain(name, value) for name, value in found.items()})
    except (TypeError, UnicodeError) as error:
        raise ValueError("not a pointer") from error


def read(root: Path) -> Pointer | None:
    """Read the pointer of an installed folder; None where nothing is installed."""
    try:
        return parse(pointer_file(root).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def write(root: Path, pointer: Pointer) -> None:
    """Replace the pointer as a whole, or leave it as it was."""
    target = pointer_file(root)
    temporary = target.with_name(f"{target.name}.moi")
    with temporary.open("wb") as out:
        out.write(render(pointer).encode())
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(target)


def _escaped(name: str, value: str) -> str:
    return value if name in _READ_BY_SHELLS else value.encode("unicode_escape").decode("ascii")


def _plain(name: str, value: str) -> str:
    return value if name in _READ_BY_SHELLS else value.encode("ascii").decode("unicode_escape")


def _for_cmd(value: str) -> str:
    """Write a value between quotes; a person's own folder by its variable, which is plain ASCII."""
    person = os.environ.get("USERPROFILE", "")
    below = person and value.lower().startswith(f"{person}\\".lower())
    start, rest = (_PERSON, value[len(person) :]) if below else ("", value)
    return start + rest.replace("%", "%%")


def _from_cmd(line: str, environ: Mapping[str, str]) -> tuple[str, str]:
    found = _WINDOWS_LINE.fullmatch(line)
    if found is None:
        raise ValueError("not a pointer")
    value = found["value"]
    start = environ.get("USERPROFILE", "") if value.startswith(_PERSON) else ""
    return found["name"], start + value.removeprefix(_PERSON).replace("%%", "%")


def _from_shell(line: str) -> tuple[str, str]:
    (word,) = shlex.split(line)
    name, _, value = word.partition("=")
    if not name.startswith("NTM_"):
        raise ValueError("not a pointer")
    return name.removeprefix("NTM_"), value
