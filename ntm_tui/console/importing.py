"""`ntm import` and `ntm join`: bundles brought in. Nothing but `--trust` ever implies trust."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.home import Home, find_home
from db.problems import NotFound, Problem, Refused
from ntm_tui.console.bundles import BundleArgument
from ntm_tui.console.command import Command, subject, working
from ntm_tui.console.fingerprints import read_device
from ntm_tui.console.imported import FileResult, needs_a_person, result_as_json, show_result
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import NEEDS_A_PERSON, REFUSED, remark, say, show_json
from ntm_tui.console.progress import watched

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.receiving import Outcome

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
    """Bring bundles in, one after the other."""
    trusted = tuple(read_device(one) for one in trust or ())
    if not (yes or dry_run or _at_a_terminal()):
        raise Refused(
            "Chưa nhận gì: ở đây không hỏi được người dùng. Hãy thêm --yes để nhận luôn, "
            "hoặc --dry-run để chỉ xem."
        )
    with working(home) as desk:
        paths = list(_expanded(files))
        _check_trust(desk.home, paths, trusted)
        results = []
        for path in paths:
            results.append(_bring_in(desk, path, trusted, dry_run=dry_run, ask=not yes))
            if not as_json:
                show_result(results[-1], dry_run=dry_run)
    if as_json:
        show_json({"dry_run": dry_run, "files": [result_as_json(one) for one in results]})
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


def _check_trust(home: Home, paths: Sequence[Path], trusted: Sequence[str]) -> None:
    """Refuse to trust a machine that none of the bundles knows, before anything changes."""
    from db.sync.keys import show_fingerprint

    if not trusted:
        return
    known = {device for path in paths for device in _cards_of(home, path)}
    for device in trusted:
        if device not in known:
            raise NotFound(
                f"Không gói nào mang thẻ của máy {show_fingerprint(device)}. Chưa có gì thay đổi. "
                "Hãy kiểm tra lại mã máy."
            )


def _cards_of(home: Home, path: Path) -> frozenset[str]:
    from db.sync.problems import BundleProblem
    from db.sync.reading import open_bundle

    try:
        with (
            watched(f"Đang đọc {path.name}") as watch,
            open_bundle(path, home=home, **watch) as bundle,
        ):
            return frozenset(bundle.cards)
    except BundleProblem:  # told when it is its turn
        return frozenset()


def _bring_in(
    desk: "Desk", path: Path, trusted: Sequence[str], *, dry_run: bool, ask: bool
) -> FileResult:
    from db.sync.acknowledging import take_receipt
    from db.sync.receipt_file import is_receipt

    try:
        if is_receipt(path):
            return FileResult(path, receipt=take_receipt(desk, path, dry_run=dry_run))
        cards = _cards_of(desk.home, path) if trusted else frozenset()
        trust = [device for device in trusted if device in cards]
        seen = _receive(desk, path, trust, dry_run=True) if dry_run or ask else None
        if dry_run:
            return FileResult(path, seen)
        if seen is not None and not _agreed(path, seen):
            raise Refused("Chưa nhận gói này. Dữ liệu trên máy không bị thay đổi.")
        return FileResult(path, _receive(desk, path, trust, seen=seen))
    except Problem as problem:
        return FileResult(path, problem=problem)


def _receive(
    desk: "Desk",
    path: Path,
    trust: Sequence[str],
    *,
    dry_run: bool = False,
    seen: "Outcome | None" = None,
) -> "Outcome":
    from db.sync.receiving import receive

    with watched(f"Đang kiểm tra {path.name}") as watch:
        return receive(desk, path, trust=trust, dry_run=dry_run, seen=seen, **watch)


def _agreed(path: Path, seen: "Outcome") -> bool:
    """Ask on standard error, which is not where scripts read."""
    remark(
        f"{path.name}: {seen.new} thay đổi mới, {seen.known} đã có, {seen.conflicts} ô trái nhau, "
        f"{len(seen.quarantined)} phần phải để riêng."
    )
    print("Nhận gói này? Gõ c rồi Enter để nhận: ", end="", file=sys.stderr, flush=True)
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
