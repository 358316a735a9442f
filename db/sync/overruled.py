"""Revocations by other machines that a person here has heard of and does not follow.

Kept by what they say, so that a later one of the same machine waits for a person again.
"""

import json

from sqlalchemy import Connection

from db.canonical import Json, dumps
from db.incarnation import get_meta, set_meta

Revocation = tuple[str, str]
"""A device and what was said of it, as canonical JSON."""

_MARK = "overruled"
_STANDING = """
SELECT revoked FROM device_trust WHERE id = :device AND revoked IS NOT NULL UNION
SELECT revoked FROM upper_trust WHERE id = :device AND revoked IS NOT NULL
"""


def overruled(connection: Connection) -> frozenset[Revocation]:
    """Give the revocations that a person here does not follow."""
    kept = json.loads(get_meta(connection, _MARK) or "[]")
    return frozenset((device, said) for device, said in kept)


def overrule(connection: Connection, device: str) -> None:
    """Do not follow the revocations of a device that stand now."""
    standing = connection.exec_driver_sql(_STANDING, {"device": device}).scalars()
    _keep(connection, device, {dumps(json.loads(said)) for said in standing})


def follow(connection: Connection, device: str) -> None:
    """Follow every revocation of a device again."""
    _keep(connection, device, set())


def revocation(device: str, said: Json) -> Revocation:
    """Name a revocation."""
    return device, dumps(said)


def _keep(connection: Connection, device: str, said: set[str]) -> None:
    others = {one for one in overruled(connection) if one[0] != device}
    kept = sorted(others | {(device, one) for one in said})
    set_meta(connection, _MARK, dumps([list(one) for one in kept]))
