"""The entry point: answers what needs nothing at once, then imports what the command needs."""

import sys

from ntm_tui import __version__

INTERRUPTED = 130
"""What a shell answers for a program that was stopped with Ctrl+C."""

YOUNG = 20_000
"""Objects made before the youngest are looked through for garbage; Python itself takes 700."""

VERSION_TEXT = f"ntm-tui {__version__}"


def main() -> None:
    """Run `ntm` with the arguments of this process; leaves with the exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        print(VERSION_TEXT)
        return
    _speak_utf8()
    sweep_seldom()
    if not arguments:  # the app paints sooner when the command line is not read in first
        from ntm_tui.console.opening import open_app

        open_app(None)
        return
    try:
        from ntm_tui.console.program import run

        run(arguments)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def sweep_seldom() -> None:
    """Look for garbage seldom: rows by the thousand stay, and are looked through for nothing."""
    import gc

    gc.set_threshold(YOUNG, 10, 10)


def _speak_utf8() -> None:
    """Make Vietnamese come out whole also on Windows, where consoles start in a local code page."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):  # missing where there is no console
            reconfigure(encoding="utf-8", errors="replace")
