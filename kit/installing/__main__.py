"""What the scripts of the kit and of the installed folder call."""

import argparse
import sys
from pathlib import Path

from kit.installing.asking import say
from kit.installing.back import go_back
from kit.installing.install import Wishes, install
from kit.installing.installed import Installed
from kit.installing.machine import check_machine
from kit.installing.refusal import Refused, system_words
from kit.installing.remove import remove

DONE, REFUSED = 0, 3
"""Exit codes; 1 is what Python answers when it breaks down."""


def main(arguments: list[str] | None = None) -> int:
    """Do what is asked; gives the exit code."""
    wanted = _parser().parse_args(arguments)
    try:
        _do(wanted)
    except Refused as refused:
        say()
        say(f"CHƯA LÀM ĐƯỢC. {refused}")
        return REFUSED
    except OSError as error:
        say()
        say(
            f"CHƯA LÀM ĐƯỢC: {error.filename or 'tệp'} ({system_words(error)}). Dữ liệu không bị "
            "đụng tới. Hãy kiểm tra chỗ trống và quyền ghi rồi làm lại."
        )
        return REFUSED
    except KeyboardInterrupt:
        say("Đã dừng theo ý anh/chị.")
        return REFUSED
    return DONE


def _do(wanted: argparse.Namespace) -> None:
    if wanted.deed == "install":
        install(wanted.place, Wishes(wanted.folder, wanted.data, wanted.also))
    elif wanted.deed == "check":
        check_machine()
    elif wanted.deed == "back":
        go_back(Installed(wanted.place), agreed=wanted.yes)
    else:
        remove(Installed(wanted.place), data_too=wanted.data_too)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "bo-cai", description="Cài, nâng cấp, trở về, gỡ chương trình."
    )
    deeds = parser.add_subparsers(dest="deed", required=True)
    adding = deeds.add_parser("install", help="cài hoặc nâng cấp từ bộ cài")
    adding.add_argument("place", type=Path, help="thư mục của bộ cài")
    adding.add_argument("--folder", type=Path, help="cài vào đây, không hỏi")
    adding.add_argument("--data", help="thư mục dữ liệu chung; '' là riêng từng tài khoản")
    adding.add_argument("--also", action="store_true", help="cài thêm một bản ở chỗ khác")
    deeds.add_parser("check", help="kiểm tra máy")
    back = deeds.add_parser("back", help="trở về bản trước")
    back.add_argument("place", type=Path, help="thư mục đã cài")
    back.add_argument("--yes", action="store_true", help="đồng ý dùng bản sao lưu")
    leaving = deeds.add_parser("remove", help="gỡ chương trình")
    leaving.add_argument("place", type=Path, help="thư mục đã cài")
    leaving.add_argument("--data-too", action=argparse.BooleanOptionalAction, help="xóa cả dữ liệu")
    return parser


if __name__ == "__main__":
    sys.exit(main())
