"""What all tests of the application share: what Textual does again and again is done once.

A program starts one application; a run of the tests starts over a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.css import stylesheet
from textual.css.model import RuleSet


@pytest.fixture(scope="session", autouse=True)
def _stylesheets_are_parsed_once() -> Iterator[None]:
    """Every application parses the same stylesheets anew, which is a quarter of its start."""
    parse, tokenize = stylesheet.parse, stylesheet.tokenize_values
    parsed: dict[Any, Any] = {}
    tokenized: dict[Any, Any] = {}

    def tokenize_once(values: dict[str, str]) -> Any:
        key = tuple(values.items())
        if key not in tokenized:
            tokenized[key] = tokenize(values)
        return tokenized[key]

    def parse_once(scope: str, css: str, read_from: Any, **given: Any) -> Any:
        values = id(given["variable_tokens"])  # the same values have the same tokens
        key = scope, css, read_from, values, given["is_default_rules"], given["tie_breaker"]
        if key not in parsed:
            parsed[key] = [*parse(scope, css, read_from, **given)]
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stylesheet, "tokenize_values", tokenize_once)
        patch.setattr(stylesheet, "parse", parse_once)
        patch.setattr(RuleSet, "__hash__", object.__hash__)  # the same, without a call
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
