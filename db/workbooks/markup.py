"""Parts of a workbook walked through as a stream, whatever their size.

Document types are refused, and with them every kind of entity: no workbook has any.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from xml.parsers import expat

from db.workbooks import problems
from db.workbooks.container import Container
from db.workbooks.watch import UNWATCHED, Watch

Attributes = Mapping[str, str]
_PIECE = 1 << 18


@dataclass
class Visitor:
    """What is called while a part is walked through: by an element's name without prefix.

    `start` gets its attributes, `end` its text where the element is one of `texts`.
    """

    start: Mapping[str, Callable[[Attributes], None]] = field(default_factory=dict)
    end: Mapping[str, Callable[[str], None]] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()


class _HasDocumentType(Exception):
    """A part begins with a document type."""


def walk(container: Container, member: str, visitor: Visitor, watch: Watch = UNWATCHED) -> None:
    """Walk through a part.

    Raises:
        WorkbookProblem: it is damaged.
        Stopped: a person wants it to end.
    """
    parser = _parser(visitor)
    done, total = 0, container.size(member)
    with container.part(member) as stream:
        try:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
                done += len(piece)
                watch.step(done, total)
            parser.Parse(b"", True)
        except (expat.ExpatError, _HasDocumentType, ValueError, KeyError) as error:
            raise problems.damaged(container.name, member) from error


T = TypeVar("T")


class _ByName(dict[str, T]):
    """What is done at elements of a name, prefix and all; found when the name first comes."""

    def __init__(self, find: Callable[[str], T]) -> None:
        self._find = find

    def __missing__(self, name: str) -> T:
        return self.setdefault(name, self._find(name.rpartition(":")[2]))


def _parser(visitor: Visitor) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    pieces: list[str] = []

    def start_of(local: str) -> Callable[[Attributes], object]:
        own = visitor.start.get(local, _pass_over)
        if local not in visitor.texts:
            return own

        def start(attributes: Attributes) -> None:
            own(attributes)
            pieces.clear()
            parser.CharacterDataHandler = pieces.append

        return start

    def end_of(local: str) -> Callable[[str], object]:
        own = visitor.end.get(local, _pass_over)
        if local not in visitor.texts:
            return own

        def end(_text: str) -> None:
            parser.CharacterDataHandler = None
            own("".join(pieces))

        return end

    def refuse(*_: object) -> None:
        raise _HasDocumentType

    starts, ends = _ByName(start_of), _ByName(end_of)
    parser.StartElementHandler = lambda name, attributes: starts[name](attributes)
    if visitor.end or visitor.texts:
        parser.EndElementHandler = lambda name: ends[name]("")
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _pass_over(_said: object) -> None:
    """Do nothing at elements that nobody asked for."""
