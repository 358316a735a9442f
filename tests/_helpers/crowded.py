"""A commune in which two machines wrote very much against each other."""

from __future__ import annotations

from db.desk import Desk

MANY = 10_000


def fill(desk: Desk, many: int = MANY) -> None:
    """Let two machines call each of so many obstacles differently, and keep as much apart."""
    numbers = (
        f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {many - 1})"
    )
    scope = desk.commune.scope
    with desk.store.writing() as connection:
        for at, device in enumerate(("MAYMOT", "MAYHAI")):
            for step, (field, value) in enumerate(
                (("_exists", "'true'"), ("title", f"printf('\"Việc %d của {device}\"', i)"))
            ):
                connection.exec_driver_sql(
                    f"{numbers} INSERT INTO change (device, incarnation, scope, seq, segment,"
                    " clock, written_at, received_at, officer, action, entity, row, field, value,"
                    f" based_on, head, accepted) SELECT '{device}', 'x', ?, i * 2 + {step + 1},"
                    f" '0123456789abcdef', printf('%012x.%04x', 1000 + i, {at * 2 + step}),"
                    " '2024-07-05T01:02:03.000Z', '2024-07-06T01:02:03.000Z', 'Cán bộ',"
                    f" printf('%d', i), 'obstacle', printf('o%05d', i), '{field}', {value}, '[]',"
                    " 1, 1 FROM n",
                    (scope,),
                )
        connection.exec_driver_sql(
            f"{numbers} INSERT INTO obstacle (scope, id, title)"
            " SELECT ?, printf('o%05d', i), printf('Việc %d của MAYHAI', i) FROM n",
            (scope,),
        )
        connection.exec_driver_sql(
            f"{numbers} INSERT INTO segment (hash, device, incarnation, scope, first, last,"
            " previous, data, signature, received_at, state, reason) SELECT printf('%064d', i),"
            " printf('M%d', i % 3), 'x', 'a/b/c', 1, 2, '', x'00', x'00',"
            " '2024-07-05T01:02:03.000Z', 'quarantined', 'untrusted' FROM n"
        )
