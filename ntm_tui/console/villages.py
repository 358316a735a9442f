"""Villages named on the command line."""

from typing import TYPE_CHECKING

from db.problems import NotFound

if TYPE_CHECKING:
    from db.desk import Desk


def village_name(desk: "Desk", code: str) -> str:
    """Give the name of a village by its code; the code where it has none."""
    from db import communes

    with desk.reading() as session:
        villages = communes.villages(session, desk.commune.scope)
    return next((one.name for one in villages if one.code == code), code)


def village_code(desk: "Desk", typed: str) -> str:
    """Give the code of the village with that name or code; empty for the commune itself.

    Raises:
        NotFound: there is none; those there are get named.
    """
    from db import communes

    if not typed:
        return ""
    with desk.reading() as session:
        villages = communes.villages(session, desk.commune.scope)
    wanted = communes.village_code(typed)
    for one in villages:
        if one.code in (typed, wanted):
            return one.code
    known = ", ".join(f"{one.name} ({one.code})" for one in villages) or "chưa có thôn nào"
    raise NotFound(f"Không có thôn “{typed}”. Chưa có gì thay đổi. Các thôn của xã: {known}.")
