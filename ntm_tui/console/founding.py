"""`ntm init`: a commune's store from the answers to the first-run questions."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from db.home import find_home
from db.problems import Refused
from ntm_tui.console.command import Command, subject
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import WrongUsage, say, show_json

if TYPE_CHECKING:
    from db.communes import VillageRecord

commands = subject()


class TargetTier(StrEnum):
    """The titles that a commune can start out for."""

    NTM = "ntm"
    ADVANCED = "advanced"


class Level(StrEnum):
    """For whom a store is made."""

    COMMUNE = "commune"
    DISTRICT = "district"


@commands.command("init", cls=Command, help="Tạo kho dữ liệu cho một xã, hoặc cho cấp trên.")
def init(
    province: Annotated[str, typer.Option(metavar="TỈNH", help="Tên tỉnh.")],
    officer: Annotated[str, typer.Option(metavar="HỌ-TÊN", help="Cán bộ dùng máy này.")],
    district: Annotated[
        str, typer.Option(metavar="HUYỆN", help="Tên huyện; cấp trên là tỉnh thì bỏ trống.")
    ] = "",
    commune: Annotated[str, typer.Option(metavar="XÃ", help="Tên xã.")] = "",
    role: Annotated[
        Level,
        typer.Option(metavar="commune|district", help="Kho của xã, hay của cấp trên."),
    ] = Level.COMMUNE,
    year: Annotated[
        int, typer.Option(metavar="NĂM", min=2000, max=2100, help="Năm phấn đấu; thường là 2024.")
    ] = 2024,
    tier: Annotated[
        TargetTier,
        typer.Option(metavar="ntm|advanced", help="Danh hiệu phấn đấu: đạt chuẩn hay nâng cao."),
    ] = TargetTier.NTM,
    villages: Annotated[
        Path | None,
        typer.Option(metavar="TỆP.csv", help="Danh sách thôn: tên, số hộ, số khẩu mỗi dòng."),
    ] = None,
    any_disk: Annotated[
        bool, typer.Option("--any-disk", help="Vẫn dùng dù thư mục nằm trên USB hay ổ mạng.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Found a commune, or its upper level."""
    if role is Level.DISTRICT:
        _found_upper(home, province, district, officer, any_disk=any_disk, as_json=as_json)
        return
    if not (district and commune):
        raise WrongUsage("Kho của xã cần --district và --commune. Chưa có gì được tạo.")
    from db.communes import Founding
    from db.criteria.definitions import Tier
    from db.desk import Desk

    records = () if villages is None else _read_villages(villages)
    answers = Founding(
        province, district, commune, officer, year, Tier(tier.value), villages=records
    )
    with Desk.found(find_home(home), answers, any_disk=any_disk) as desk:
        if as_json:
            show_json(
                {
                    "commune": desk.commune.name,
                    "commune_code": desk.commune.scope,
                    "officer": desk.officer,
                    "villages": len(records),
                    "home": str(desk.home.path),
                }
            )
            return
        say(f"Đã tạo kho dữ liệu của {desk.commune.title} (mã {desk.commune.scope}).")
        say(f"Số thôn: {len(records)}. Cán bộ: {desk.officer}. Thư mục: {desk.home.path}")
        say("Chạy ntm để bắt đầu đánh giá.")


def _found_upper(
    home: Path | None, province: str, district: str, officer: str, *, any_disk: bool, as_json: bool
) -> None:
    from db.desk import Desk
    from db.upper import UpperFounding

    answers = UpperFounding(province, district, officer)
    with Desk.found_upper(find_home(home), answers, any_disk=any_disk) as desk:
        if as_json:
            place, name = str(desk.home.path), answers.called
            show_json(
                {"role": "upper", "area": answers.area, "name": name, "officer": desk.officer,
                 "home": place}
            )  # fmt: skip
            return
        say(f"Đã tạo kho dữ liệu của {answers.called} (mã {answers.area}).")
        say(f"Cán bộ: {desk.officer}. Thư mục: {desk.home.path}")
        say("Nhận gói của các xã bằng lệnh: ntm import THƯ-MỤC")


def _read_villages(path: Path) -> tuple["VillageRecord", ...]:
    from db.communes import read_villages
    from db.text_files import decoded

    raw = path.read_bytes()
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refused(
            f"Tệp {path.name}, dòng {line}: chữ không theo bảng mã UTF-8. Chưa có gì được tạo. "
            "Trong Excel hãy lưu lại với kiểu “CSV UTF-8” rồi làm lại."
        ) from error
    return read_villages(text)
