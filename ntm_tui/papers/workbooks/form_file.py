"""The file in which an office keeps the form of a sheet."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from db.files import write_atomic
from db.home import Home
from db.problems import DiskFailed, Problem, system_words
from db.text import clean, shown
from db.text_files import decoded
from db.workbooks.layout_file import place_in_file, quoted
from ntm_tui.papers.workbooks.forms import Form, choosable, shipped, unknown_words
from ntm_tui.papers.workbooks.table import Table
from ntm_tui.papers.workbooks.workbook import WORDS

_TITLE, _COLUMNS = "tieu_de", "cot"
_LONGEST = 200
"""Characters of a title or heading."""


class FormProblem(Problem):
    """The form of a sheet cannot be understood; nothing was made."""

    code = "form"


def form_path(home: Home, key: str) -> Path:
    """Give the place of the form of a sheet."""
    return home.forms / f"{key}.toml"


def read_form(home: Home, table: Table) -> Form | None:
    """Give the form that the office keeps for a sheet; None where it keeps none.

    Raises:
        FormProblem: the file cannot be read or understood; the text says where.
    """
    path = form_path(home, table.key)
    try:
        text = decoded(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _problem(path, f"Không đọc được ({system_words(error)}).") from error
    except UnicodeDecodeError as error:
        raise _problem(path, "Không phải là tệp chữ UTF-8.") from error
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = place_in_file(error)
        raise _problem(path, f"Không hiểu chỗ {where}.") from error
    return _form(path, said, table)


def _form(path: Path, said: Mapping[str, Any], table: Table) -> Form:
    usual = shipped(table)
    strange = [key for key in said if key not in (_TITLE, _COLUMNS)]
    if strange:
        raise _problem(path, f"Có mục lạ: {_listed(strange)}. Chỉ có {_TITLE} và [{_COLUMNS}].")
    title = _text(path, _TITLE, said.get(_TITLE, usual.title))
    columns = said.get(_COLUMNS)
    if columns is None:
        return Form(title, usual.columns)
    if not isinstance(columns, Mapping) or not columns:
        raise _problem(path, f"Mục [{_COLUMNS}] cần ít nhất một cột.")
    known = [one.name for one in choosable(table)]
    unknown = [name for name in columns if name not in known]
    if unknown:
        raise _problem(path, f"Không có cột {_listed(unknown)}. Dùng được: {_listed(known)}.")
    return Form(title, tuple((name, _text(path, name, it)) for name, it in columns.items()))


def _text(path: Path, key: str, value: object) -> str:
    if not isinstance(value, str) or not shown(value):
        raise _problem(path, f"Mục {key} cần chữ trong ngoặc kép.")
    problem = text_problem(value)
    if problem:
        raise _problem(path, f"Mục {key}: {problem}")
    return " ".join(clean(value).split())


def text_problem(text: str) -> str:
    """Say why a text cannot be a title or heading; empty where it can."""
    if not shown(text):
        return "Cần có chữ."
    if len(text) > _LONGEST:
        return f"Dài quá {_LONGEST} chữ cái."
    unknown = unknown_words(text, WORDS)
    if unknown:
        return f"Không có {_braced(unknown)}. Dùng được: {_braced(WORDS)}."
    return ""


def keep_form(home: Home, table: Table, form: Form) -> None:
    """Keep the form of a sheet; one that is as shipped needs no file.

    Raises:
        DiskFailed: it could not be written; the one before is still there.
    """
    path = form_path(home, table.key)
    try:
        if form == shipped(table):
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(exist_ok=True)
        write_atomic(path, write_form(table, form).encode("utf-8"))
    except OSError as error:
        raise DiskFailed(
            f"Không lưu được mẫu bảng “{table.tab}” ({system_words(error)}). "
            "Mẫu cũ còn nguyên. Hãy thử lại."
        ) from error


def write_form(table: Table, form: Form) -> str:
    """Write a form as TOML."""
    left_out = [one.name for one in choosable(table) if one.name not in form.names]
    lines = [
        f"# Mẫu bảng Excel “{table.tab}”. Đổi trong chương trình (Mẫu bảng Excel) hoặc sửa ở đây.",
        f"# Chữ trong ngoặc nhọn được điền khi lập bảng: {_braced(WORDS)}.",
        f"{_TITLE} = {quoted(form.title)}",
        "",
        f"[{_COLUMNS}]  # từ trái sang phải; “Trên > Dưới” là hai tầng tiêu đề",
        *(f"{name} = {quoted(heading)}" for name, heading in form.columns),
        *([f"# Cột không dùng: {', '.join(left_out)}"] if left_out else []),
    ]
    return "\n".join(lines) + "\n"


def _braced(words: Iterable[str]) -> str:
    return ", ".join(f"{{{shown(one)}}}" for one in words)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(shown, names))


def _problem(path: Path, text: str) -> FormProblem:
    return FormProblem(
        f"Mẫu bảng {path.name} (trong {path.parent}): {text} Chưa có bảng nào được lập. "
        "Hãy sửa tệp đó, hoặc xóa nó để dùng lại mẫu của chương trình."
    )
