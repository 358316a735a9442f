"""Nobody meets an English word: neither in help nor when the command line is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.core import TyperArgument, TyperGroup
from typer.main import get_command

from ntm_tui.console.program import app
from tests._helpers.cli import call_cli

ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments?|show|this|message|and|exit|missing|invalid|value|try"
    r"|error|required|default|such|unexpected|extra|requires|text|integer|path|is|not|valid|dynamic"
    r"|did|you|mean|range|input|should|choose|directory|file)\b",
    re.IGNORECASE,
)
NAMES = re.compile(r"--[a-z-]+|\b(ntm|file|met|not_met|show|set|status|advanced)\b|“[^”]*”")


def pages() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that lead to it."""
    group = get_command(app)
    waiting: list[tuple[tuple[str, ...], Any]] = [((), group)]
    while waiting:
        words, command = waiting.pop()
        yield words, command
        if isinstance(command, TyperGroup):
            waiting += [((*words, name), one) for name, one in command.commands.items()]


PAGES = dict(pages())


def english_in(text: str) -> list[str]:
    return [found[0] for found in ENGLISH.finditer(NAMES.sub("", text))]


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_every_help_page_is_vietnamese(words: tuple[str, ...]) -> None:
    ran = call_cli(*words, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Cách dùng: {' '.join(('ntm', *words))} ")
    assert (
        english_in(re.sub(r"^  (show|set|status|check|list|add) ", "", ran.out, flags=re.M)) == []
    )


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_everything_that_can_be_typed_is_explained(words: tuple[str, ...]) -> None:
    command = PAGES[words]
    assert command.help
    for param in command.params:
        assert param.help, param.name
        takes_value = isinstance(param, TyperArgument) or not param.is_flag
        assert not takes_value or param.metavar, param.name


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("statu", "Không có lệnh “statu”. Có phải là: status?"),
        ("xyz", "Không có lệnh “xyz”."),
        ("criteria lst", "Có phải là: list?"),
        ("status --jsn", "Không có tùy chọn --jsn. Có phải là: --json"),
        ("status --frobnicate", "Không có tùy chọn --frobnicate."),
        ("status -x", "Không có tùy chọn -x."),
        ("status more", "Thừa tham số: more."),
        ("set", "Thiếu tham số CHỈ-TIÊU."),
        ("set 1.1", "Thiếu tham số TRẠNG-THÁI."),
        ("init", "Thiếu tùy chọn --province."),
        ("set 1.1 met --value", "Tùy chọn --value cần một giá trị đi kèm."),
        ("status --json=1", "Tùy chọn --json không nhận giá trị."),
        ("status --year abc", "--year chưa đúng: cần một số nguyên từ 2000 đến 2100."),
        ("status --year 1999", "--year chưa đúng: cần một số nguyên từ 2000 đến 2100."),
        (
            "init --province a --district b --commune c --officer d --tier model",
            "--tier chưa đúng: chỉ nhận ntm, advanced.",
        ),
    ],
)
def test_a_wrong_command_line_is_explained(line: str, told: str) -> None:
    ran = call_cli(*line.split())
    assert ran.code == 2
    assert ran.out == ""
    assert told in ran.err
    assert "--help” để xem cách dùng." in ran.err
    assert english_in(ran.err) == []


@pytest.mark.parametrize("group", ["criteria", "evidence"])
def test_a_group_alone_explains_itself(group: str) -> None:
    ran = call_cli(group)
    assert ran.code == 2
    assert ran.err.startswith(f"Cách dùng: ntm {group} ")
