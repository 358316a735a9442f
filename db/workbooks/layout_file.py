"""A layout as a small TOML file that a person can keep and change (`--map`)."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from db.problems import system_words
from db.text import fold, shown
from db.text_files import decoded
from db.workbooks.addresses import column_letter, column_number, is_address
from db.workbooks.ground import Ground
from db.workbooks.layout import Layout, Role
from db.workbooks.measures import DayOrder, NumberStyle
from db.workbooks.problems import UNCHANGED, WorkbookProblem
from db.workbooks.wording import listed_labels, read_role, say_role, subjects_called, vocabulary

_KEYS = ("trang", "bang", "dong_tieu_de", "dong_dau", "dong_an", "so", "ngay", "cot", "o")


def write_layout(
    ground: Ground, layout: Layout, headings: Mapping[int, str], doubts: Sequence[str] = ()
) -> str:
    """Write a layout as TOML.

    Args:
        ground: what it is read against.
        layout: the layout.
        headings: what stands above the columns, said as remarks.
        doubts: lines for cells that need an answer, each a remark that can be filled in.
    """
    lines = [
        "# Cách đọc một trang Excel. Sửa được rồi dùng lại: ntm import-xlsx TỆP --map TỆP-NÀY",
        f"trang = {quoted(layout.sheet)}",
        f"bang = {quoted(ground.title(layout.subject))}",
        f"dong_tieu_de = {layout.heading_row}",
        f"dong_dau = {layout.first_row}",
        f"dong_an = {'true' if layout.with_hidden else 'false'}  # true: đọc cả các dòng ẩn",
        _choice("so", layout.numbers, NumberStyle, "số gõ dạng chữ viết kiểu nào"),
        _choice("ngay", layout.days, DayOrder, "ngày Excel giữ: đúng thứ tự, hay bị đảo"),
        "",
        "[cot]  # cột nào là gì; cột không ghi thì không đọc",
    ]
    for column, role in sorted(layout.columns.items()):
        label = quoted(say_role(ground, layout.subject, role))
        lines.append(f"{column_letter(column)} = {label}{_remark(headings.get(column, ''))}")
    lines += ["", '[o]  # ô cần nói rõ, ghi như gõ tay; "" là bỏ ô đó']
    lines += [f"{place} = {quoted(said)}" for place, said in sorted(layout.answers.items())]
    return "\n".join([*lines, *doubts]) + "\n"


def read_layout_file(path: Path, ground: Ground) -> Layout:
    """Read a layout from a file.

    Raises:
        WorkbookProblem: it cannot be read or understood; the text says where.
    """
    try:
        text = decoded(path.read_bytes())
    except OSError as error:
        raise _problem(f"Không đọc được “{path.name}” ({system_words(error)}).") from error
    except UnicodeDecodeError as error:
        raise _problem(f"“{path.name}” không phải là tệp chữ UTF-8.") from error
    return read_layout(text, ground)


def read_layout(text: str, ground: Ground) -> Layout:
    """Read a layout from TOML.

    Raises:
        WorkbookProblem: it cannot be understood; the text says where.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _problem(f"Không hiểu chỗ {place_in_file(error)}.") from error
    strange = [key for key in said if key not in _KEYS]
    if strange:
        raise _problem(f"Có mục lạ: {', '.join(strange)}. Các mục dùng được: {', '.join(_KEYS)}.")
    subject = subjects_called(ground).get(fold(_text(said, "bang")))
    if subject is None:
        known = "; ".join(ground.title(one) for one in ground.subjects)
        raise _problem(f"Mục bang phải là một trong: {known}.")
    first = _row(said, "dong_dau")
    return Layout(
        sheet=_text(said, "trang"),
        subject=subject,
        heading_row=_row(said, "dong_tieu_de") if "dong_tieu_de" in said else max(1, first - 1),
        first_row=first,
        columns=_columns(ground, subject, said.get("cot")),
        numbers=_picked(said, "so", NumberStyle),
        days=_picked(said, "ngay", DayOrder),
        with_hidden=said.get("dong_an", False) is True,
        answers=_answers(said.get("o", {})),
    )


def place_in_file(error: tomllib.TOMLDecodeError) -> str:
    """Say in Vietnamese where in the file a mistake is."""
    said = str(error).rpartition("(")[2].rstrip(")")
    for english, words in (
        ("at line", "dòng"),
        ("column", "cột"),
        ("at end of document", "cuối tệp"),
    ):
        said = said.replace(english, words)
    return said


def _columns(ground: Ground, subject: str, said: object) -> Mapping[int, Role]:
    if not isinstance(said, Mapping) or not said:
        raise _problem('Cần mục [cot] với ít nhất một cột, ví dụ A = "Số chỉ tiêu".')
    found: dict[int, Role] = {}
    for letters, label in said.items():
        if not (letters.isalpha() and is_address(f"{letters.upper()}1")):
            raise _problem(f"“{letters}” không phải là tên cột. Hãy ghi A, B, C …")
        role = read_role(ground, subject, label) if isinstance(label, str) else None
        if role is None:
            known = listed_labels(list(vocabulary(ground, subject)))
            raise _problem(f"Cột {letters}: không có “{shown(str(label))}”. Dùng được: {known}.")
        if role in found.values():
            raise _problem(f"“{shown(str(label))}” được ghi cho hai cột. Hãy bỏ một cột.")
        found[column_number(letters.upper())] = role
    return found


def _answers(said: object) -> Mapping[str, str]:
    if not isinstance(said, Mapping):
        raise _problem("Mục [o] cần các dòng như B12 = “45,2”.")
    for place, text in said.items():
        if not is_address(place) or not isinstance(text, str):
            raise _problem(f"Mục [o], dòng {place}: cần tên ô và chữ trong ngoặc kép.")
    return dict(said)


def _text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _problem(f"Thiếu mục {key}.")
    return value


def _row(said: Mapping[str, Any], key: str) -> int:
    value = said.get(key)
    if type(value) is not int or not 1 <= value <= 1_048_576:
        raise _problem(f"Mục {key} cần là số dòng, ví dụ {key} = 7.")
    return value


def _picked(said: Mapping[str, Any], key: str, choices: Any) -> Any:
    value = said.get(key)
    if value is None:
        return None
    if value not in list(choices):
        listed = " hoặc ".join(f"“{one}”" for one in choices)
        raise _problem(f"Mục {key} cần là {listed}.")
    return choices(value)


def _choice(key: str, chosen: str | None, choices: Any, what: str) -> str:
    listed = " hoặc ".join(f'"{one}"' for one in choices)
    if chosen is None:
        return f"# {key} = {listed}: {what}"
    return f"{key} = {quoted(chosen)}  # {listed}: {what}"


def quoted(text: str) -> str:
    """Write a text as TOML has it."""
    return json.dumps(shown(text), ensure_ascii=False)


def _remark(text: str) -> str:
    return f"  # {shown(text)[:70]}" if text else ""


def _problem(text: str) -> WorkbookProblem:
    return WorkbookProblem("map", f"Tệp cách đọc: {text} {UNCHANGED}")
