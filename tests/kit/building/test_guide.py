"""The guide says the same in the browser and in Word."""

from __future__ import annotations

import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kit.building import guide
from kit.building.guide import read
from kit.building.targets import REPOSITORY


@pytest.fixture
def written(tmp_path: Path) -> Path:
    guide.write(tmp_path, "0.1.0")
    return tmp_path


def page_words(path: Path) -> list[str]:
    words: list[str] = []

    class Words(HTMLParser):
        def handle_data(self, data: str) -> None:
            words.extend(data.split())

    text = path.read_text(encoding="utf-8")
    Words().feed(text[text.index("</style>") :])
    return words


def document_words(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    texts = [node.text or "" for node in root.iter() if node.tag.endswith("}t")]
    return [it for text in texts for it in text.split() if not re.fullmatch(r"\d+\.|–", it)]


def test_both_forms_say_the_same(written: Path) -> None:
    words = page_words(written / "Huong-dan.html")
    assert words == document_words(written / "Huong-dan.docx")
    assert "0.1.0" in words
    assert "{version}" not in words


def test_the_page_needs_nothing_beside_itself(written: Path) -> None:
    text = (written / "Huong-dan.html").read_text(encoding="utf-8")
    assert not re.search(r"src=|href=|url\(|http", text)
    assert '<html lang="vi">' in text


def test_it_is_short_enough_for_two_pages() -> None:
    """About 45 lines of 80 signs go on a page of A4 at 13 points."""
    blocks = read(guide.TEXT.read_text(encoding="utf-8"))
    lines = sum(1 + len(text) // 80 + (kind == "h2") for kind, text in blocks)
    assert lines < 90


def test_every_file_it_names_is_in_a_kit() -> None:
    named = set(re.findall(r"[\w-]+\.cmd", guide.TEXT.read_text(encoding="utf-8")))
    scripts = {path.name for path in (REPOSITORY / "kit/scripts/windows").rglob("*.cmd")}
    assert named == scripts - {"NTM.cmd"}
