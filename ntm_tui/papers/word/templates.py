"""The template of a paper: the office's own where it made one, else the one of the program."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docx.opc.exceptions import PackageNotFoundError

from db.problems import Problem, system_words
from ntm_tui.papers.word.filling import Named, P, named_in, roots
from ntm_tui.papers.word.values import Known

if TYPE_CHECKING:
    from docx.document import Document

    from db.home import Home

MOST_BYTES = 8 << 20
"""Of a template; a page with a few pictures takes far less."""
MOST_UNPACKED = 64 << 20

_BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    AttributeError,
    SyntaxError,  # what lxml says of broken XML
    NotImplementedError,
    EOFError,
)


class TemplateProblem(Problem):
    """A template cannot be used; the text names the file and what to do."""

    code = "template"


def own_template(home: Home, kind: str) -> Path:
    """Give where the office's own template of a paper lies, if it made one."""
    return home.templates / f"{kind}.docx"


def find_template(
    home: Home, kind: str, known: Sequence[Known], drawn: Callable[[], Document]
) -> Document:
    """Give the template of a paper, checked.

    Raises:
        TemplateProblem: the office's own cannot be used.
    """
    path = own_template(home, kind)
    return read_template(path, known) if path.exists() else drawn()


def read_template(path: Path, known: Sequence[Known]) -> Document:
    """Read a template and check its fields.

    Raises:
        TemplateProblem: it is no Word document, or asks for what is not known.
    """
    try:
        _check_size(path)
        document = docx.Document(str(path))
        fields = [it for root in roots(document) for one in root.iter(P) for it in named_in(one)]
    except OSError as error:
        raise TemplateProblem(
            f"Không đọc được mẫu {path} ({system_words(error)}). Chưa lập giấy tờ nào. Nếu mẫu "
            "đang mở trong Word, hãy lưu, đóng lại rồi lập lại."
        ) from error
    except _BROKEN as error:
        raise TemplateProblem(
            f"Mẫu {path} không phải là tệp Word (.docx) dùng được, hoặc đã hỏng. Chưa lập giấy tờ "
            "nào. Hãy mở mẫu bằng Word rồi lưu lại dạng .docx; hoặc đổi tên tệp này để dùng mẫu "
            "có sẵn của chương trình."
        ) from error
    _check_fields(path, fields, known)
    return document


def _check_size(path: Path) -> None:
    if path.stat().st_size > MOST_BYTES:
        raise ValueError("too large")
    with zipfile.ZipFile(path) as package:
        if sum(it.file_size for it in package.infolist()) > MOST_UNPACKED:
            raise ValueError("too large when unpacked")


def _check_fields(path: Path, fields: Sequence[Named], known: Sequence[Known]) -> None:
    by_name = {it.name: it for it in known}
    wrong = list(dict.fromkeys(str(it) for it in fields if not _is_known(it, by_name.get(it.name))))
    if not wrong:
        return
    named = ", ".join(f"{{{{{it}}}}}" for it in wrong)
    raise TemplateProblem(
        f"Mẫu {path.name} có chỗ điền mà chương trình không biết: {named}. Chưa lập giấy tờ nào. "
        f"Hãy sửa trong Word. Các chỗ điền dùng được: {'; '.join(names_of(known))}."
    )


def _is_known(field: Named, known: Known | None) -> bool:
    if known is None:
        return False
    return field.column in known.columns if known.columns else not field.column


def names_of(known: Sequence[Known]) -> tuple[str, ...]:
    """Give every field that a template can use, as it is written there."""
    return tuple(name for name, _ in meanings_of(known))


def meanings_of(known: Sequence[Known]) -> tuple[tuple[str, str], ...]:
    """Give every field that a template can use, as it is written there, with its meaning."""
    return tuple(
        (f"{{{{{name}}}}}", meaning)
        for it in known
        for name, meaning in (
            [(f"{it.name}.{column}", said) for column, said in it.columns.items()]
            or [(it.name, it.meaning)]
        )
    )
