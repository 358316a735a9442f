"""The scopes that have changes, found without passing over the changes themselves."""

EVERY_SCOPE = """
WITH RECURSIVE every (scope) AS (
    SELECT min(scope) FROM change
    UNION ALL
    SELECT (SELECT min(scope) FROM change WHERE scope > e.scope) FROM every e WHERE e.scope <> ''
)
"""
"""Begins a query that asks scope by scope, so that an index that begins with the scope serves it.

The table `every` has the one column `scope`; its last row is NULL.
"""
