"""JSON as it travels: one canonical form when written, strict when read."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from db.canonical import Json, dumps

MAX_WHOLE = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exact."""

MAX_DEPTH = 16
SCOPE = re.compile(r"shared|[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
INCARNATION = re.compile(r"[0-9]{4}[0-9a-f]{8}")
SHA256 = re.compile(r"[0-9a-f]{64}")

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class WireProblem(ValueError):
    """Something that may not travel, or did not come in the agreed form (English, for logs)."""


def canonical(value: Json) -> bytes:
    """The one form in which `value` is written and signed.

    Raises:
        WireProblem: It holds text that no UTF-8 can carry.
    """
    try:
        return dumps(value).encode("utf-8")
    except UnicodeEncodeError:
        raise WireProblem("text with half a character") from None


def check_value(value: Json, depth: int = 0) -> None:
    """Refuse what may not be the value of a change: floats, huge numbers, deep nesting.

    Raises:
        WireProblem: It is such a thing.
    """
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) > MAX_WHOLE:
            raise WireProblem("number out of range")
    elif depth >= MAX_DEPTH:
        raise WireProblem("nested too deeply")
    elif isinstance(value, list | tuple):
        for item in value:
            check_value(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise WireProblem("a key that is no text")
            check_value(item, depth + 1)
    else:
        raise WireProblem(f"not for JSON: {type(value).__name__}")


def read_text(data: bytes) -> str:
    """The text of bytes that must be UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise WireProblem("not UTF-8") from None


def read_json(text: str) -> Json:
    """Read one JSON value without floats, huge numbers, doubled keys or half characters.

    Raises:
        WireProblem: The text is no such value.
    """
    try:
        value, end = _scan(text, 0)
        if end != len(text):
            value = _DECODER.decode(text)
        if "\\u" in text:
            dumps(value).encode("utf-8")
    except WireProblem:
        raise
    except (ValueError, RecursionError, StopIteration):
        raise WireProblem("not JSON") from None
    return value


def read_object(data: bytes) -> dict[str, Any]:
    """Read bytes that must hold one JSON object.

    Raises:
        WireProblem: They hold something else.
    """
    value = read_json(read_text(data))
    if not isinstance(value, dict):
        raise WireProblem("not an object")
    check_value(value)
    return value


def text_of(body: Mapping[str, Any], name: str, most: int = 200) -> str:
    """A field that must be text of one line, at most `most` characters."""
    value = body.get(name)
    if not isinstance(value, str) or len(value) > most or _CONTROL.search(value):
        raise WireProblem(f"{name}: not a line of text")
    return value


def matching(body: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str:
    """A field that must be text of a given form."""
    value = body.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise WireProblem(f"{name}: not of the agreed form")
    return value


def whole_of(body: Mapping[str, Any], name: str, least: int = 0, most: int = MAX_WHOLE) -> int:
    """A field that must be a whole number between two bounds."""
    value = body.get(name)
    if type(value) is not int or not least <= value <= most:
        raise WireProblem(f"{name}: not a number in range")
    return value


def flag_of(body: Mapping[str, Any], name: str) -> bool:
    """A field that must be true or false."""
    value = body.get(name)
    if not isinstance(value, bool):
        raise WireProblem(f"{name}: neither true nor false")
    return value


def list_of(body: Mapping[str, Any], name: str) -> list[Any]:
    """A field that must be a list."""
    value = body.get(name)
    if not isinstance(value, list):
        raise WireProblem(f"{name}: not a list")
    return value


def object_of(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A field that must be an object."""
    value = body.get(name)
    if not isinstance(value, dict):
        raise WireProblem(f"{name}: not an object")
    return value


def _whole(text: str) -> int:
    if len(text) > 17 or abs(number := int(text)) > MAX_WHOLE:
        raise WireProblem("number out of range")
    return number


def _no_float(text: str) -> None:
    raise WireProblem(f"not a whole number: {text[:20]}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise WireProblem("a key that is there twice")
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_int=_whole,
    parse_float=_no_float,
    parse_constant=_no_float,
)
# Without looking for white space, which is not there as a rule.
_scan: Callable[[str, int], tuple[Json, int]] = _DECODER.scan_once  # type: ignore[attr-defined]
