"""The guides are played in the application as its own tests do it."""

from tests.ntm_tui.conftest import (  # noqa: F401
    _drawn_when_looked_at,
    _stylesheets_are_parsed_once,
)
