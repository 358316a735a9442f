"""Practice data is made once in a home of its own, and never where real data may be."""

from collections.abc import Callable

from db import clock, identity, store_copies
from db.desk import Desk
from db.home import Home
from db.incarnation import get_meta, set_meta
from db.lock import StoreLock
from db.owner import Owner
from db.problems import Refused
from db.store import Store

_READY = "practice_ready"
_CALLED = {Owner.COMMUNE: "xã thực hành", Owner.UPPER: "huyện thực hành"}


def make_once(
    home: Home,
    owner: Owner,
    found: Callable[[], Desk],
    fill: Callable[[Desk], None],
    *,
    again: bool = False,
) -> bool:
    """Make practice data in a home, unless it is there.

    Args:
        home: where it is, or will be made.
        owner: whether a commune or its upper level practises there.
        found: makes the store.
        fill: does all that was done there; what was made is taken away again when it fails.
        again: put away what is there and make it anew.

    Returns:
        Whether it was made now.

    Raises:
        Refused: the home holds real data, other practice data, or what is left of some store.
    """
    if home.store.exists():
        if _is_ready(home, owner) and not again:
            return False
        _set_aside(home)
    elif any(path for folder in (home.damaged, home.backups) for path in folder.glob("*")):
        raise Refused(
            f"Thư mục {home.path} còn giữ kho hỏng hoặc bản sao lưu, có thể là số liệu thật. "
            "Chưa có gì thay đổi. Hãy chạy ntm restore để dùng lại bản sao lưu, "
            "hoặc thực hành ở thư mục khác bằng --home."
        )
    desk = found()
    try:
        with desk:
            fill(desk)
        with Store.open(home) as store, store.writing() as connection:  # flushes all that is in it
            set_meta(connection, _READY, "1")
    except BaseException:  # nobody has worked in it
        home.store.unlink(missing_ok=True)
        identity.forget(home.path)
        raise
    return True


def _is_ready(home: Home, owner: Owner) -> bool:
    with Store.read(home) as store, store.reading() as session:
        connection = session.connection()
        if get_meta(connection, "practice") != "1":
            raise Refused(
                f"Thư mục {home.path} đang giữ số liệu thật nên không dùng để tập. "
                "Số liệu đó còn nguyên. Hãy chọn một thư mục khác bằng --home, hoặc bỏ --home "
                "và biến NTM_HOME để dùng thư mục thực hành thường lệ."
            )
        ready = get_meta(connection, _READY) == "1"
    if ready and store.owner is not owner:
        raise Refused(
            f"Thư mục {home.path} đang giữ {_CALLED[store.owner]}, không phải {_CALLED[owner]}. "
            "Kho đó còn nguyên. Hãy chọn một thư mục khác bằng --home."
        )
    return ready


def _set_aside(home: Home) -> None:
    """Put away a practice store with its copies: one cut short in its making, or to begin anew."""
    lock = StoreLock(home).acquire()
    try:
        folder = home.replaced / f"thuc-hanh-{clock.wall_ms()}"
        folder.mkdir(parents=True)
        for path in (home.store, store_copies.journal_of(home.store), home.backups, home.damaged):
            if path.exists():
                path.replace(folder / path.name)
    finally:
        lock.release()
