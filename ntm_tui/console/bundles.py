"""`ntm export`, `ntm verify`, `ntm inspect`: bundles written and looked at."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.home import find_home
from db.text import shown
from ntm_tui.console.command import Command, subject, working
from ntm_tui.console.communes import desks_of
from ntm_tui.console.encrypting import EncryptingCommand, EncryptOption, readers_asked
from ntm_tui.console.options import CommuneOption, HomeOption, JsonOption
from ntm_tui.console.outcome import REFUSED, WrongUsage, remark, say, show_json
from ntm_tui.console.progress import watched
from ntm_tui.console.tables import show_table

if TYPE_CHECKING:
    from db.desk import Desk
    from db.sync.archive import Written
    from db.sync.cards import Card
    from db.sync.info import BundleInfo
    from db.sync.problems import Flaw
    from db.sync.reading import Bundle, Verification

commands = subject()

BundleArgument = Annotated[
    Path, typer.Argument(metavar="TỆP", help="Gói, tức tệp NTM_….zip (hoặc .zip.age).")
]


@commands.command(
    "export", cls=EncryptingCommand, help="Xuất một gói để mang đi, ghi xong thì kiểm tra lại."
)
def export(
    receiver: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="NƠI-NHẬN",
            help="upper (cấp trên), all (mọi máy), hoặc mã một máy; bỏ trống là nơi thường gửi.",
        ),
    ] = "",
    commune: CommuneOption = "",
    full: Annotated[bool, typer.Option("--full", help="Gửi lại toàn bộ từ đầu.")] = False,
    to: Annotated[
        Path | None,
        typer.Option(metavar="THƯ-MỤC", help="Nơi ghi gói; bỏ trống là thư mục gói của máy."),
    ] = None,
    encrypt: EncryptOption = None,
    handover: Annotated[
        bool, typer.Option("--handover", help="Lập luôn biên bản giao nhận, để cạnh gói.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a bundle."""
    from db.sync.keys import FingerprintProblem
    from db.sync.planning import parse_receiver, usual_receiver
    from ntm_tui.papers.bundle import send_bundle

    with working(home) as desk:
        try:
            meant = parse_receiver(receiver or usual_receiver(desk))
        except FingerprintProblem as problem:
            raise WrongUsage(
                f"Không hiểu nơi nhận “{shown(receiver)}”: cần upper, all hoặc mã của một máy. "
                f"{problem} Chưa có gì được ghi."
            ) from problem
        folder = desk.home.outgoing if to is None else to.expanduser().absolute()
        desks = desks_of(desk, commune)
        readers = [readers_asked(one, meant, encrypt) for one in desks]
        written, sheets = [], []
        for one, who in zip(desks, readers, strict=True):
            with watched(f"Đang ghi gói {one.commune.name}") as watch:
                written.append(send_bundle(one, meant, folder, full=full, readers=who, **watch))
            sheets.append(_sheet_of(one, written[-1].path) if handover else None)
    if as_json and desk.upper is not None:
        show_json({"bundles": list(map(_written_as_json, written, sheets))})
    elif as_json:
        show_json(_written_as_json(written[0], sheets[0]))
    else:
        for bundle, sheet in zip(written, sheets, strict=True):
            _show_written(bundle)
            if sheet is not None:
                say(f"Biên bản giao nhận: {sheet}")


def _sheet_of(desk: "Desk", bundle: Path) -> Path:
    """Write the handover sheet beside a bundle."""
    from ntm_tui.papers.handover import sheet_name, write_sheet

    target = bundle.with_name(sheet_name(bundle))
    write_sheet(desk, bundle, target)
    return target


def _show_written(written: "Written") -> None:
    counts = written.info.counts
    say(f"Đã ghi và đọc lại kiểm tra: {written.path}")
    say(f"Mã đối chiếu gói: {written.code}")
    say(f"{counts.changes} thay đổi, {counts.evidence} tệp minh chứng, {written.size} byte.")
    if written.encrypted:
        say(f"Đã mã hóa. Mở được: máy này; {'; '.join(one.name for one in written.readers)}.")
        say("Trình duyệt không mở được; cần chương trình này, hoặc công cụ age với khóa.")
    for flaw in written.notes:
        remark(flaw.message)


@commands.command("verify", cls=Command, help="Kiểm tra một gói; không cần kho dữ liệu.")
def verify(file: BundleArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Check a bundle in full."""
    from db.sync.reading import verify as verified

    with watched("Đang kiểm tra") as watch:
        found = verified(file.expanduser(), home=find_home(home), **watch)
    if as_json:
        show_json(_verification_as_json(found))
    else:
        _show_verification(file, found)
    if not found.valid:
        raise SystemExit(REFUSED)


@commands.command("inspect", cls=Command, help="Xem một gói mang những gì; không cần kho dữ liệu.")
def inspect(file: BundleArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Tell what a bundle carries."""
    from db.sync.reading import open_bundle

    with (
        watched("Đang đọc") as watch,
        open_bundle(file.expanduser(), home=find_home(home), **watch) as bundle,
    ):
        entities = _changes_by_entity(bundle)
        if as_json:
            show_json({**_bundle_as_json(bundle), "entities": dict(sorted(entities.items()))})
        else:
            _show_bundle(bundle, entities)


def flaw_as_json(flaw: "Flaw") -> dict[str, str]:
    """Give a flaw for scripts."""
    return {"code": flaw.code.value, "message": flaw.message, "member": flaw.member}


def card_as_json(card: "Card") -> dict[str, str]:
    """Give a device's card for scripts."""
    from db.sync.keys import show_fingerprint

    return {
        "fingerprint": show_fingerprint(card.device),
        "device": card.device,
        "role": card.role.value,
        "scope": card.scope,
        "office": card.office,
        "machine": card.machine,
        "program": card.program,
    }


def _written_as_json(written: "Written", sheet: Path | None) -> dict[str, Any]:
    return {
        "path": str(written.path),
        "code": written.code,
        "changes": written.info.counts.changes,
        "evidence": written.info.counts.evidence,
        "bytes": written.size,
        "full": written.info.full,
        "receiver": _receiver_as_json(written.info),
        "encrypted": written.encrypted,
        "readers": [{"device": one.device, "name": one.name} for one in written.readers],
        "notes": [flaw_as_json(one) for one in written.notes],
        **({"handover": str(sheet)} if sheet is not None else {}),
    }


def _receiver_as_json(info: "BundleInfo") -> dict[str, str]:
    return {"kind": info.receiver.kind.value, "device": info.receiver.device}


def _verification_as_json(found: "Verification") -> dict[str, Any]:
    return {
        "valid": found.valid,
        "problems": [flaw_as_json(one) for one in found.problems],
        "code": found.code,
        "name": found.info.name if found.info else None,
    }


def _show_verification(file: Path, found: "Verification") -> None:
    if found.valid:
        say(f"√ Gói nguyên vẹn: {file.name}")
        say(f"Mã đối chiếu gói: {found.code}. Hỏi bên gửi xem mã có giống không.")
    else:
        remark(f"× Gói không dùng được hoặc có phần không dùng được: {file.name}")
    for flaw in found.problems:
        remark(f"{flaw.message} ({shown(flaw.member)})" if flaw.member else flaw.message)


def _changes_by_entity(bundle: "Bundle") -> Counter[str]:
    """Count the changes that can be read, by entity."""
    from db.sync.problems import BundleProblem

    counts: Counter[str] = Counter()
    for segment in bundle.segments:
        try:
            counts.update(change.entity for change in segment.parse().changes)
        except BundleProblem:  # told among the flaws
            continue
    return counts


def _bundle_as_json(bundle: "Bundle") -> dict[str, Any]:
    info = bundle.info
    return {
        "name": info.name,
        "code": bundle.code,
        "commune": info.commune_name,
        "commune_code": info.commune_code,
        "practice": info.practice,
        "created": info.created.isoformat(),
        "number": info.number,
        "program": info.program,
        "schema": info.schema,
        "full": info.full,
        "sender": card_as_json(bundle.sender),
        "receiver": _receiver_as_json(info),
        "counts": asdict(info.counts),
        "feeds": [asdict(one) for one in info.feeds],
        "cards": [card_as_json(bundle.cards[device].card) for device in sorted(bundle.cards)],
        "receipt": bundle.receipt.number if bundle.receipt else None,
        "problems": [flaw_as_json(one) for one in bundle.flaws],
    }


def _show_bundle(bundle: "Bundle", entities: "Counter[str]") -> None:
    from db.journal.wording import register_label
    from db.sync.keys import show_fingerprint

    info = bundle.info
    practice = "   [THỰC HÀNH]" if info.practice else ""
    say(f"Gói {info.name} của {shown(info.commune_name)} ({info.commune_code}){practice}")
    say(f"Mã đối chiếu gói: {bundle.code}")
    say(f"Xuất lúc {info.local:%H:%M ngày %d/%m/%Y} bằng {shown(info.program)}")
    what = "toàn bộ từ đầu" if info.full else "phần nơi nhận chưa xác nhận"
    say(f"{info.counts.changes} thay đổi ({what}), {info.counts.evidence} tệp minh chứng")
    say()
    show_table(
        ("Máy", "Cơ quan", "Mã máy"),
        (
            (one.card.machine, one.card.office, show_fingerprint(one.card.device))
            for _, one in sorted(bundle.cards.items())
        ),
    )
    if entities:
        say()
        rows = entities.most_common()
        show_table(("Thay đổi", "Sổ"), ((str(count), register_label(name)) for name, count in rows))
    for flaw in bundle.flaws:
        remark(flaw.message)
