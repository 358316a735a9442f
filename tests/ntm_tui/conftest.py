"""What all tests of the application share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.css import stylesheet


@pytest.fixture(scope="session", autouse=True)
def _stylesheets_are_parsed_once() -> Iterator[None]:
    """Every application parses the same stylesheets anew, which is a quarter of its start."""
    parse, parsed = stylesheet.parse, {}

    def parse_once(scope: str, css: str, read_from: Any, **given: Any) -> Any:
        tokens = given.get("variable_tokens") or {}
        values = tuple((name, *(it.value for it in tokens[name])) for name in tokens)
        key = scope, css, read_from, values, given["is_default_rules"], given["tie_breaker"]
        if key not in parsed:
            parsed[key] = [*parse(scope, css, read_from, **given)]
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stylesheet, "parse", parse_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _drawn_when_looked_at() -> Iterator[None]:
    """Without a terminal nobody sees an update: tests have the screen drawn when they look."""
    render = Compositor.render_update

    def render_when_looked_at(self: Compositor, full: bool = False, **given: Any) -> Any:
        if full:
            return render(self, full, **given)
        self._dirty_regions.clear()
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", render_when_looked_at)
        yield
