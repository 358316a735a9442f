"""The registers and fields that travel in bundles, as the tables of docs/bundle-fields.md."""

from collections.abc import Iterator

from db.columns import Amount, Day, Flag, Several, Structured, Text, Whole, WireType
from db.kinds import Choice, Choices, Split
from db.models.base import KEY_SEPARATOR, Declaration, Replicated, columns, declarations, entities

_VALUES: dict[type[WireType], str] = {
    Text: "text",
    Amount: "decimal",
    Day: "day",
    Whole: "whole",
    Flag: "flag",
    Structured: "object",
    Several: "texts",
}


def as_tables() -> str:
    """Give every register with its fields, as Markdown."""
    return "\n".join(line for name in sorted(entities()) for line in _register(name))


def _register(name: str) -> Iterator[str]:
    model = entities()[name]
    where = "`shared`" if model.shared else "the commune's scope"
    yield f"## {name}\n"
    yield f"{model.subject}. Row id: {_row_id(model)}. Lies in {where}.\n"
    yield "| register | field | value | written by | called |"
    yield "|---|---|---|---|---|"
    yield f"| {name} | _exists | flag | {model.row_owner} | {model.called} |"
    for field, column in columns(model).items():
        said = declarations(model)[field]
        value = f"{_VALUES[type(column)]}{_choices(said)}"
        yield f"| {name} | {field} | {value} | {said.owner} | {said.label} |"
    yield ""


def _row_id(model: type[Replicated]) -> str:
    return f"`{KEY_SEPARATOR.join(model.natural_key)}`" if model.natural_key else "a UUIDv7"


def _choices(said: Declaration) -> str:
    if isinstance(said.kind, Choice | Choices | Split):
        return ": " + ", ".join(f"`{one.value}`" for one in said.kind.values)
    return ""
