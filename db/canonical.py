"""One form of JSON for everything that is stored, signed or compared."""

import json
from typing import Any

from db.text import clean

Json = Any  # None, bool, int, str, or lists and dicts of these; never a float

_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode  # made once: this is done for every change


def dumps(value: Any) -> str:
    """Write JSON in its one canonical form: sorted keys, no spaces, letters as they are.

    Raises:
        ValueError: when the value holds a float that JSON cannot say (NaN, infinity).
        TypeError: when the value holds something that is not JSON.
    """
    return _encode(value)


def clean_deep(value: Any) -> Any:
    """Clean every string inside a JSON value (composed, no control characters), keys included."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [clean_deep(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean_deep(item) for key, item in value.items()}
    return value
