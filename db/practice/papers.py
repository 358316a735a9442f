"""Small files that stand for evidence in the practice commune, made on the spot."""

import struct
import zlib
from pathlib import Path

from db.text import fold

MARK = "Tài liệu thực hành, không có giá trị."
_GREY, _GREEN = bytes((0xD8, 0xD8, 0xD8)), bytes((0x4C, 0x8C, 0x4A))
_SIDE = 48


def make_paper(folder: Path, name: str, title: str) -> Path:
    """Make a file of the kind its name says: pdf, png, or text; gives its path."""
    path = folder / name
    makers = {".pdf": _pdf, ".png": _png}
    path.write_bytes(makers.get(path.suffix, _text)(title))
    return path


def _text(title: str) -> bytes:
    return f"{title}\n\n{MARK}\n".encode()


def _png(_title: str) -> bytes:
    """A green square in a grey one."""
    edge = b"\0" + _GREY * _SIDE
    middle = b"\0" + _GREY * 8 + _GREEN * (_SIDE - 16) + _GREY * 8
    rows = edge * 8 + middle * (_SIDE - 16) + edge * 8
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pdf(title: str) -> bytes:
    """One page; without marks, because the fonts that every reader has know only Latin-1."""
    lines = [fold(title).upper(), fold(MARK)]
    shown = "".join(f"({line}) Tj 0 -24 Td " for line in lines)
    content = f"BT /F1 12 Tf 60 760 Td {shown}ET".encode("ascii", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, offsets = b"%PDF-1.4\n", []
    for number, data in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    )
