"""`ntm import` and `ntm join`: bundles brought in. Nothing but `--trust` ever implies trust."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.home import find_home
from db.problems import NotFound, Refused
from ntm_tui.console.bundles import BundleArgument
from ntm_tui.console.command import Command, subject, working
from ntm_tui.console.fingerprints import read_device
from ntm_tui.console.imported import (
    FileResult,
    Teller,
    line_of,
    needs_a_person,
    results_as_json,
)
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import NEEDS_A_PERSON, REFUSED, remark, say, show_json
from ntm_tui.console.progress import watched

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.together import Checked, Received

commands = subject()

_YES = {"c", "co", "có", "y", "yes"}


@commands.command(
    "import", cls=Command, help="Nhận gói: kiểm tra, xem trước, hỏi, rồi mới đưa vào."
)
def import_bundles(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="TỆP…", help="Gói, tệp biên nhận, hoặc thư mục có các tệp đó."),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ xem gói sẽ làm thay đổi gì.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Nhận luôn, không hỏi. Không bao giờ tin cậy máy lạ.")
    ] = False,
    trust: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MÃ-MÁY", help="Mã máy đã đối chiếu qua điện thoại; dùng được nhiều lần."
        ),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring bundles in: all are checked first, then each by itself."""
    trusted = tuple(read_device(one) for one in trust or ())
    if not (yes or dry_run or _at_a_terminal()):
        raise Refused(
            "Chưa nhận gì: ở đây không hỏi được người dùng. Hãy thêm --yes để nhận luôn, "
            "hoặc --dry-run để chỉ xem."
        )
    with working(home) as desk:
        checked = _check(desk, list(_expanded(files)))
        _check_trust(checked, trusted)
        said = None if as_json else Teller(desk.home, len(checked), dry_run=dry_run)
        results = _bring_in(desk, checked, trusted, said, dry_run=dry_run, ask=not yes)
    if as_json:
        show_json(results_as_json(results, dry_run=dry_run))
    elif said is not None:
        said.sum_up(results)
    if all(one.problem is not None for one in results):
        raise SystemExit(REFUSED)
    if any(map(needs_a_person, results)):
        raise SystemExit(NEEDS_A_PERSON)


def _at_a_terminal() -> bool:
    return sys.stdin.isatty()


def _expanded(files: Sequence[Path]) -> Iterator[Path]:
    """Give the bundles that are meant, those of a folder by name; each once."""
    from db.sync.finding import bundles_in

    seen = set()
    for named in files:
        path = named.expanduser().absolute()
        for one in bundles_in(path) or [path] if path.is_dir() else [path]:
            if one not in seen:
                seen.add(one)
                yield one


def _check(desk: "Desk", paths: Sequence[Path]) -> "tuple[Checked, ...]":
    from db.sync.together import check_all

    with watched(_words("Đang kiểm tra", paths)) as watch:
        return check_all(desk, paths, **watch)


def _words(doing: str, paths: Sequence[Path]) -> str:
    return f"{doing} {paths[0].name}" if len(paths) == 1 else f"{doing} {len(paths)} gói"


def _check_trust(checked: "Sequence[Checked]", trusted: Sequence[str]) -> None:
    """Refuse to trust a machine that none of the bundles knows, before anything changes."""
    from db.sync.keys import show_fingerprint

    known = {device for one in checked for device in one.cards}
    for device in trusted:
        if device not in known:
            raise NotFound(
                f"Không gói nào mang thẻ của máy {show_fingerprint(device)}. Chưa có gì thay đổi. "
                "Hãy kiểm tra lại mã máy."
            )


def _bring_in(
    desk: "Desk",
    checked: "Sequence[Checked]",
    trusted: Sequence[str],
    said: "Teller | None",
    *,
    dry_run: bool,
    ask: bool,
) -> "tuple[FileResult, ...]":
    """Look at the bundles, ask, and bring them in; or only one or the other."""
    if dry_run:
        return _take(desk, checked, trusted, said, dry_run=True)
    if not ask:
        return _take(desk, checked, trusted, said)
    looked = _take(desk, checked, trusted, None, dry_run=True)
    seen = {one.path: one.outcome for one in looked if one.outcome is not None}
    if seen and not _agreed(looked):
        no = Refused("Chưa nhận gói này. Dữ liệu trên máy không bị thay đổi.")
        results = [replace(one, outcome=None, problem=one.problem or no) for one in looked]
        for one in results:
            if said is not None:
                said.tell(one)
        return tuple(results)
    return _take(desk, checked, trusted, said, seen=seen)


def _take(
    desk: "Desk",
    checked: "Sequence[Checked]",
    trusted: Sequence[str],
    said: "Teller | None",
    **how: Any,
) -> "tuple[FileResult, ...]":
    from db.sync.together import take_all

    results = list[FileResult]()
    doing = "Đang xem trước" if how.get("dry_run") else "Đang nhận"
    with watched(_words(doing, [one.path for one in checked])) as watch:

        def tell(came: "Received") -> None:
            results.append(FileResult(came.path, came.outcome, came.problem, came.receipt))
            if said is not None:
                watch["progress"].end()
                said.tell(results[-1])

        take_all(desk, checked, trust=trusted, told=tell, **how, **watch)
    return tuple(results)


def _agreed(looked: "Sequence[FileResult]") -> bool:
    """Ask on standard error, which is not where scripts read."""
    for one in looked:
        remark(line_of(one, dry_run=True))
    which = "gói này" if len(looked) == 1 else f"{sum(not it.problem for it in looked)} gói này"
    print(f"Nhận {which}? Gõ c rồi Enter để nhận: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in _YES


@commands.command("join", cls=Command, help="Làm thêm một máy của xã từ gói của máy khác.")
def join(
    file: BundleArgument,
    officer: Annotated[str, typer.Option(metavar="HỌ-TÊN", help="Cán bộ dùng máy này.")],
    any_disk: Annotated[
        bool, typer.Option("--any-disk", help="Vẫn dùng dù thư mục nằm trên USB hay ổ mạng.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a store from a bundle."""
    from db.journal.history import count_changes
    from db.sync.joining import join as joined
    from db.sync.keys import show_fingerprint

    with (
        watched("Đang nhận gói") as watch,
        joined(find_home(home), file.expanduser(), officer, any_disk=any_disk, **watch) as desk,
        desk.reading() as session,
    ):
        changes = count_changes(session)
        own = show_fingerprint(desk.store.identity.device) if desk.store.identity else ""
        if desk.store.notice:
            remark(desk.store.notice)
    if as_json:
        answer: dict[str, Any] = {
            "commune": desk.commune.name,
            "commune_code": desk.commune.scope,
            "officer": desk.officer,
            "practice": desk.practice,
            "changes": changes,
            "fingerprint": own,
            "home": str(desk.home.path),
        }
        show_json(answer)
        return
    say(f"Máy này đã có số liệu của {desk.commune.title} ({changes} thay đổi).")
    say(f"Cán bộ: {desk.officer}. Thư mục: {desk.home.path}")
    say(f"Mã máy này: {own}")
    say("Khi gửi gói đi, hãy đọc mã này qua điện thoại để nơi nhận xác nhận.")
    say("Nếu làm lại vì máy cũ bị mất: xem ntm devices list, rồi ntm devices revoke MÃ-MÁY-CŨ.")
