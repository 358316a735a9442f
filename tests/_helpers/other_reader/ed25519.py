"""Verifying Ed25519 signatures (RFC 8032, section 5.1), plainly and not in constant time."""

import hashlib
from functools import lru_cache

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]  # extended: X/Z, Y/Z, T = XY/Z
NEUTRAL: Point = (0, 1, 1, 0)


def _add(a: Point, b: Point) -> Point:
    left, right = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, z - t, z + t, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P


def _decoded(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _encoded(point: Point) -> bytes:
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


_base = _decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
assert _base is not None
BASE: Point = _base


@lru_cache(maxsize=5_000)
def verify(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether the owner of the public key signed these bytes."""
    key = _decoded(public) if len(public) == 32 else None
    if key is None or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + data).digest()
    k = int.from_bytes(digest, "little") % ORDER
    minus: Point = (P - key[0], key[1], 1, P - key[3])
    sums = (NEUTRAL, BASE, minus, _add(BASE, minus))
    found = NEUTRAL  # s·B − k·A, both at once
    for bit in range(252, -1, -1):
        found = _add(found, found)
        found = _add(found, sums[(s >> bit & 1) + 2 * (k >> bit & 1)])
    return _encoded(found) == signature[:32]
