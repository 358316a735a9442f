from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme
from textual.widgets import Select

from ntm_tui.commands.palette import Palette
from ntm_tui.styles.themes import CONTRAST, THEMES, next_theme
from ntm_tui.widgets.marks import MARKS
from ntm_tui.widgets.status_line import StatusLine
from ntm_tui.widgets.title_bar import Title, TitleBar
from tests._helpers.frame import FrameApp
from tests._helpers.looks import DRAWABLE, english_in, seen
from tests._helpers.terminal import wait_until

TITLE = Title("Xã Cai Kinh", "huyện Hữu Lũng", "Bộ tiêu chí xã NTM", "Xã NTM", 2024, True)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    lights = sorted(luminance(Color.parse(colour)) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_words_can_be_read_on_every_ground(theme: Theme) -> None:
    least = 7 if theme is CONTRAST else 4.5
    grounds = [theme.background, theme.surface, theme.panel, theme.variables["field-background"]]
    words = [theme.foreground, theme.error, theme.primary]
    words += [theme.variables[mark.variable] for mark in MARKS.values()]
    words += [theme.variables["footer-key-foreground"]]
    for ground in grounds:
        for word in words:
            assert ground and word
            assert contrast(word, ground) >= least, (word, ground)
    for ground in grounds:
        assert contrast(theme.variables["border-blurred"], str(ground)) >= 3, ground
    for pair in ("block-cursor", "banner"):
        front, back = theme.variables[f"{pair}-foreground"], theme.variables[f"{pair}-background"]
        assert contrast(front, back) >= least, pair


def test_every_theme_colours_the_same_things() -> None:
    status = {mark.variable for mark in MARKS.values()}
    for theme in THEMES:
        assert status <= set(theme.variables)
        assert {"field-background", "banner-background"} <= set(theme.variables)


def test_after_the_last_theme_comes_the_first() -> None:
    names = [theme.name for theme in THEMES]
    assert [next_theme(name) for name in names] == [*names[1:], names[0]]
    assert next_theme("textual-dark") == names[0]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_nothing_is_drawn_that_old_console_fonts_lack(theme: Theme) -> None:
    app = FrameApp()
    async with app.run_test(size=(80, 50)) as pilot:
        app.theme = theme.name
        app.query_one(TitleBar).title = TITLE
        app.query_one(StatusLine).say(" ".join(mark.label for mark in MARKS.values()))
        shown = ""
        for key in ("tab", "tab", "tab", "f12", "f12", "f12", "ctrl+s", "f1", "escape"):
            await pilot.press(key)
            await pilot.pause()
            shown += seen(app)
        app.query_one(Select).expanded = True
        await pilot.pause()
        shown += seen(app)
        await pilot.press("escape", "ctrl+p")
        await wait_until(lambda: isinstance(app.screen, Palette) and "Hoàn tác" in seen(app))
        shown += seen(app)
    assert set(shown) - DRAWABLE - {"\n"} == set()
    assert english_in(shown) == set()


def test_the_marks_are_drawable_and_differ() -> None:
    assert {mark.sign for mark in MARKS.values()} <= DRAWABLE
    assert len({mark.sign for mark in MARKS.values()}) == len(MARKS)
    assert "▁" not in DRAWABLE and "🔎" not in DRAWABLE
