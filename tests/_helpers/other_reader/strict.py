"""Section 3 of the document: JSON, read strictly and written in its one form."""

import json
import re
from typing import Any

WHOLE = 2**53 - 1
DEVICE = re.compile(r"[0-9A-HJKMNP-TV-Z]{24}")
INCARNATION = re.compile(r"[0-9]{4}[0-9a-f]{8}")
HASH = re.compile(r"[0-9a-f]{64}")
SCOPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
LINE = re.compile(r"[^\x00-\x1f\x7f]{0,200}")


class Odd(ValueError):
    """Something is not of the form that the document asks for."""


def canonical(value: Any) -> str:
    """Write JSON in the form in which it is signed and compared."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse(data: bytes) -> Any:
    """Read one JSON value."""
    try:
        value = json.loads(
            data.decode("utf-8"), parse_int=_whole, parse_float=_refuse, parse_constant=_refuse,
            object_pairs_hook=_once,
        )  # fmt: skip
        canonical(value).encode("utf-8")  # no half characters
    except (ValueError, RecursionError):
        raise Odd("not JSON") from None
    return value


def parse_object(data: bytes) -> dict[str, Any]:
    """Read a file that must hold one object."""
    value = parse(data)
    if not isinstance(value, dict):
        raise Odd("not an object")
    check_depth(value)
    return value


def check_depth(value: Any, depth: int = 0) -> None:
    """Refuse what is nested too deeply."""
    if isinstance(value, dict | list):
        if depth >= 16:
            raise Odd("nested too deeply")
        for one in value.values() if isinstance(value, dict) else value:
            check_depth(one, depth + 1)


def text(body: Any, key: str, form: re.Pattern[str] = LINE) -> str:
    """A string of a form, at a key of an object."""
    value = body.get(key) if isinstance(body, dict) else None
    if not isinstance(value, str) or not form.fullmatch(value):
        raise Odd(key)
    return value


def whole(body: Any, key: str, least: int = 0, most: int = WHOLE) -> int:
    """A whole number in bounds."""
    value = body.get(key) if isinstance(body, dict) else None
    if type(value) is not int or not least <= value <= most:
        raise Odd(key)
    return value


def of(body: Any, key: str, kind: type) -> Any:
    """A value of a type."""
    value = body.get(key) if isinstance(body, dict) else None
    if type(value) is not kind:
        raise Odd(key)
    return value


def _whole(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > WHOLE:
        raise Odd("too large a number")
    return int(digits)


def _refuse(_digits: str) -> Any:
    raise Odd("not a whole number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Odd("a key twice")
    return found
