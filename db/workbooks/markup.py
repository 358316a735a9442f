"""Parts of a workbook walked through as a stream, whatever their size.

Document types are refused, and with them every kind of entity: no workbook has any.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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


class _LocalNames(dict[str, str]):
    """Names without their prefix, each found once."""

    def __missing__(self, name: str) -> str:
        return self.setdefault(name, name.rpartition(":")[2])


def _parser(visitor: Visitor) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    pieces: list[str] = []
    starts, ends, texts = visitor.start, visitor.end, visitor.texts

    local_names = _LocalNames()

    def start(name: str, attributes: dict[str, str]) -> None:
        local = local_names[name]
        if local in starts:
            starts[local](attributes)
        if local in texts:
            pieces.clear()
            parser.CharacterDataHandler = pieces.append

    def end(name: str) -> None:
        local = local_names[name]
        if local in texts:
            parser.CharacterDataHandler = None
        if local in ends:
            ends[local]("".join(pieces))

    def refuse(*_: object) -> None:
        raise _HasDocumentType

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    return parser
