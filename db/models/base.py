"""What every replicated table has in common, and how a field is declared once.

Forms, tables, spreadsheets and bundle records follow from the declarations made here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, cast

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.columns import Text, WireType
from db.kinds import Kind
from db.owner import Owner

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
STRICT = {"sqlite_strict": True}
KEY_SEPARATOR = "|"
SHARED = "shared"


@dataclass(frozen=True)
class Declaration:
    """What is said once about a field: its words for people, its kind and its owner."""

    label: str
    kind: Kind
    help: str = ""
    unit: str = ""
    owner: Owner = Owner.COMMUNE


def declared(
    label: str,
    kind: Kind,
    *,
    help: str = "",
    unit: str = "",
    owner: Owner = Owner.COMMUNE,
) -> Any:
    """Declare a journalled field of a replicated table.

    Args:
        label: the Vietnamese name people read.
        kind: how its values are stored, typed, shown and ordered.
        help: a Vietnamese sentence that explains the field.
        unit: the unit of its value, if it has one.
        owner: who may settle it.
    """
    info = {"declaration": Declaration(label, kind, help, unit, owner)}
    return Field(default=None, sa_type=kind.column, nullable=True, sa_column_kwargs={"info": info})


def key_part(column: type[WireType] = Text) -> Any:
    """Declare a column that is a part of the row's natural key."""
    return Field(sa_type=column, nullable=False)


class Replicated(SQLModel):
    """A row whose every change is journalled and travels in bundles.

    `id` is made of the natural key's parts, so that two laptops that create the same thing create
    the same row; records without a natural key get a UUIDv7.
    """

    subject: ClassVar[str]
    """What people call the register that such rows are kept in."""
    called: ClassVar[str]
    """What people call one of them."""
    named_by: ClassVar[tuple[str, ...]] = ()
    """The fields whose values, side by side, are its name."""
    natural_key: ClassVar[tuple[str, ...]] = ()
    row_owner: ClassVar[Owner] = Owner.COMMUNE
    """Who may create and delete rows."""
    shared: ClassVar[bool] = False
    """Whether its rows lie in the scope that the upper level publishes to all communes."""

    scope: str = Field(sa_type=Text, primary_key=True)
    id: str = Field(sa_type=Text, primary_key=True)

    @classmethod
    def row_id(cls, *parts: object) -> str:
        """Make the id of the row with these key parts, given in the order of `natural_key`."""
        if len(parts) != len(cls.natural_key):
            raise ValueError(f"{cls.__name__} is keyed by {cls.natural_key}")
        return KEY_SEPARATOR.join(str(part) for part in parts)

    @classmethod
    def keyed(cls, scope: str, *parts: object) -> "Any":
        """Make a new row with its natural key filled in."""
        named = dict(zip(cls.natural_key, parts, strict=True))
        return cls(scope=scope, id=cls.row_id(*parts), **named)


def entities() -> Mapping[str, type[Replicated]]:
    """Give every replicated model by its entity name (its table's name)."""
    import db.models  # noqa: F401  every model must have been declared

    return _by_entity()


@cache
def _by_entity() -> Mapping[str, type[Replicated]]:
    return {str(model.__tablename__): model for model in _tables_below(Replicated)}


def _tables_below(model: type[Replicated]) -> Iterator[type[Replicated]]:
    for one in model.__subclasses__():
        if hasattr(one, "__table__"):
            yield one
        yield from _tables_below(one)


@cache
def columns(model: type[Replicated]) -> Mapping[str, WireType]:
    """Give the journalled columns of a model: field name to column type, in declared order."""
    found = table(model).columns
    return {name: cast(WireType, found[name].type) for name in declarations(model)}


@cache
def declarations(model: type[Replicated]) -> Mapping[str, Declaration]:
    """Give the declaration of each journalled field of a model."""
    return {
        column.name: column.info["declaration"]
        for column in table(model).columns
        if "declaration" in column.info
    }


def table(model: type[SQLModel]) -> sa.Table:
    """Give a model's table."""
    found: sa.Table = model.__table__  # type: ignore[attr-defined]
    return found
