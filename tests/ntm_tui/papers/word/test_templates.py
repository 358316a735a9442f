"""An office can put its own .docx in the place of a template; it is checked when it is read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from db.home import Home
from ntm_tui.papers.word.templates import (
    MOST_BYTES,
    TemplateProblem,
    find_template,
    own_template,
    read_template,
)
from ntm_tui.papers.word.values import Known
from tests._helpers.documents import saved, template, texts

KNOWN = (
    Known("ten_xa", "tên xã"),
    Known("viec", "các việc", several=True),
    Known("bang", "bảng việc", {"tt": "số", "ten": "tên việc"}),
)


def test_the_programs_template_is_used_until_the_office_has_one(home: Home) -> None:
    drawn = lambda: template("của chương trình")  # noqa: E731
    assert texts(find_template(home, "bao-cao-tuan", KNOWN, drawn)) == ["của chương trình"]
    saved(template("của xã {{ten_xa}}"), own_template(home, "bao-cao-tuan"))
    assert texts(find_template(home, "bao-cao-tuan", KNOWN, drawn)) == ["của xã {{ten_xa}}"]


@pytest.mark.parametrize(
    "field", ["ten_xxa", "tên xứ", "bang", "bang.gi", "ten_xa.tt", "", "viec.ten"]
)
def test_a_field_that_is_not_known_is_named_with_those_that_are(tmp_path: Path, field: str) -> None:
    path = saved(template("{{ten_xa}}", f"a {{{{{field}}}}} b"), tmp_path / "mau.docx")
    with pytest.raises(TemplateProblem) as told:
        read_template(path, KNOWN)
    said = str(told.value)
    assert "mau.docx" in said and "Chưa lập" in said
    for name in ("{{ten_xa}}", "{{viec}}", "{{bang.tt}}", "{{bang.ten}}"):
        assert name in said.partition("dùng được")[2]


def test_an_unknown_field_in_a_margin_is_found_too(tmp_path: Path) -> None:
    document = template("{{ten_xa}}")
    document.sections[0].header.paragraphs[0].text = "{{so_trang}}"
    with pytest.raises(TemplateProblem, match=r"\{\{so_trang\}\}"):
        read_template(saved(document, tmp_path / "mau.docx"), KNOWN)


def broken(path: Path, how: str) -> Path:
    whole = saved(template("{{ten_xa}}"), path).read_bytes()
    if how == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "text":
        path.write_text("không phải Word", encoding="utf-8")
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "large":
        path.write_bytes(whole + b"\0" * MOST_BYTES)
    else:
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("word/document.xml", "<không/>" if how == "no types" else "x")
            if how == "no xml":
                package.writestr("[Content_Types].xml", "<a")
    return path


@pytest.mark.parametrize("how", ["cut", "text", "empty", "large", "no types", "no xml"])
def test_a_broken_template_is_told_in_plain_words(tmp_path: Path, how: str) -> None:
    with pytest.raises(TemplateProblem) as told:
        read_template(broken(tmp_path / "mau.docx", how), KNOWN)
    assert "không phải là tệp Word" in str(told.value)
    assert str(tmp_path / "mau.docx") in str(told.value)


def test_a_folder_of_that_name_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "mau.docx").mkdir()
    with pytest.raises(TemplateProblem):
        read_template(tmp_path / "mau.docx", KNOWN)
