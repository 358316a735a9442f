"""Typer's own words in Vietnamese: help pages, and what is said about a wrong command line.

Typer offers no translation, so its command classes are extended here; the exceptions of the parser
that it carries inside are told apart by their class. All that depends on it is in this module.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

from typer._click import exceptions as wrong
from typer._click.core import Command as ClickCommand
from typer._click.core import Context
from typer._click.formatting import HelpFormatter
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

_HELP = "Hiện phần giải thích này."
_OPTIONS = "[TÙY CHỌN]"
_EXTRA = re.compile(r"unexpected extra argument\(s\) \((?P<what>.*)\)", re.DOTALL)


class VietnameseCommand(TyperCommand):
    """A command whose help is Vietnamese from end to end."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{**settings, "options_metavar": _OPTIONS})

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; what is wrong with them is known to be this command's."""
        with _of_command(ctx):
            return super().parse_args(ctx, args)

    def format_usage(self, ctx: Any, formatter: HelpFormatter) -> None:
        """Write how the command is called."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: HelpFormatter) -> None:
        """Write the arguments and options."""
        _write_parameters(self, formatter)


class VietnameseGroup(TyperGroup):
    """A group of commands whose help is Vietnamese from end to end."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        metavars = {"options_metavar": _OPTIONS, "subcommand_metavar": "LỆNH ..."}
        super().__init__(*args, **{**settings, **metavars})

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; what is wrong with them is known to be this group's."""
        with _of_command(ctx):
            return super().parse_args(ctx, args)

    def format_usage(self, ctx: Any, formatter: HelpFormatter) -> None:
        """Write how the group is called."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: HelpFormatter) -> None:
        """Write the options and the commands."""
        _write_parameters(self, formatter)
        with formatter.section("Lệnh"):
            formatter.write_dl(
                [(name, one.get_short_help_str(limit=200)) for name, one in self.commands.items()]
            )

    def resolve_command(
        self, ctx: Any, args: list[str]
    ) -> tuple[str | None, ClickCommand | None, list[str]]:
        """Find the command that is meant, or name those that come near."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = get_close_matches(args[0], self.commands)
            raise wrong.UsageError(f"Không có lệnh “{args[0]}”.{_perhaps(near)}", ctx)
        return super().resolve_command(ctx, args)


@contextmanager
def _of_command(ctx: Context) -> Iterator[None]:
    try:
        yield
    except wrong.UsageError as error:
        error.ctx = error.ctx or ctx  # the parser does not always say where it was
        raise


def explain(error: wrong.ClickException) -> str:
    """Say in Vietnamese what is wrong with a command line, and how to see the right way."""
    if isinstance(error, wrong.NoArgsIsHelpError):
        return error.message  # the help page itself
    ctx = getattr(error, "ctx", None)
    path = "ntm" if ctx is None else _path(ctx)
    return f"{_what(error)}\nGõ “{path} --help” để xem cách dùng."


def _what(error: wrong.ClickException) -> str:
    if isinstance(error, wrong.NoSuchOption):
        return f"Không có tùy chọn {error.option_name}.{_perhaps(error.possibilities or ())}"
    if isinstance(error, wrong.BadOptionUsage):
        needs = "cần một giá trị đi kèm" if "requires" in error.message else "không nhận giá trị"
        return f"Tùy chọn {error.option_name} {needs}."
    if isinstance(error, wrong.MissingParameter):
        return f"Thiếu {_name(error.param)}."
    if isinstance(error, wrong.BadParameter):
        return f"Giá trị của {_name(error.param)} chưa đúng{_allowed(error.param)}."
    if extra := _EXTRA.search(error.message):
        return f"Thừa tham số: {extra['what']}."
    return error.message  # said by this program


def _perhaps(near: Any) -> str:
    return f" Có phải là: {', '.join(sorted(near))}?" if near else ""


def _name(param: Any) -> str:
    if isinstance(param, TyperArgument):
        return f"tham số {param.metavar}"
    return f"tùy chọn {max(param.opts, key=len)}" if param is not None else "tham số"


def _allowed(param: Any) -> str:
    """Say what a parameter takes, as far as its declaration tells."""
    kind = getattr(param, "type_descriptor", None)
    if kind is None:
        return ""
    if kind.choices is not None:
        return f": chỉ nhận {', '.join(str(choice.value) for choice in kind.choices)}"
    if kind.annotation is int:
        bounds = f" từ {param.min} đến {param.max}" if param.min is not None else ""
        return f": cần một số nguyên{bounds}"
    return ""


def _path(ctx: Context) -> str:
    """The names of the commands alone: `ntm criteria show`."""
    above = [] if ctx.parent is None else [_path(ctx.parent)]
    return " ".join([*above, ctx.info_name or ""])


def _write_usage(command: ClickCommand, ctx: Any, formatter: HelpFormatter) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(_path(ctx), pieces, prefix="Cách dùng: ")


def _write_parameters(command: ClickCommand, formatter: HelpFormatter) -> None:
    arguments = [
        (param.metavar or "", param.help or "")
        for param in command.params
        if isinstance(param, TyperArgument)
    ]
    options = [_option_row(param) for param in command.params if isinstance(param, TyperOption)]
    for heading, rows in (("Tham số", arguments), ("Tùy chọn", [*options, ("--help", _HELP)])):
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def _option_row(param: TyperOption) -> tuple[str, str]:
    value = "" if param.is_flag else f" {param.metavar}"
    needed = " (bắt buộc)" if param.required else ""
    return f"{', '.join(param.opts)}{value}", f"{param.help}{needed}"
