"""`ntm locate`: where everything lies on this machine."""

from db.home import find_home
from ntm_tui.console.command import Command, subject
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import say, show_json

commands = subject()

_LABELS = {
    "home": "Thư mục dữ liệu",
    "store": "Kho dữ liệu",
    "evidence": "Tệp minh chứng",
    "backups": "Bản sao lưu",
    "replaced": "Kho đã bị thay thế, còn giữ",
    "damaged": "Kho hỏng, còn giữ",
    "outgoing": "Gói đã xuất",
    "criteria": "Bộ tiêu chí thêm vào",
    "logs": "Nhật ký chương trình",
    "config": "Thư mục cấu hình",
    "identity": "Tệp khóa của máy",
    "practice": "Xã thực hành",
    "practice_district": "Huyện thực hành",
}
_DISKS = {"fixed": "của máy", "removable": "USB hoặc thẻ nhớ", "network": "ổ mạng"}


@commands.command("locate", cls=Command, help="Cho biết các thư mục và tệp nằm ở đâu.")
def locate(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Show every folder and file of a home, on what disk it lies and who works in it."""
    from db import identity_file
    from db.disks import disk_kind
    from db.lock import holder

    place = find_home(home)
    folders = {name: getattr(place, name) for name in _LABELS if hasattr(place, name)}
    paths = {
        "home": place.path,
        **folders,
        "config": identity_file.folder().parent,
        "identity": identity_file.place_of(place.path),
        "practice": find_home(home, name="practice").path,
        "practice_district": find_home(home, name="practice-district").path,
    }
    disk, open_at = disk_kind(place.path), holder(place)
    if as_json:
        told = {name: str(path) for name, path in paths.items()}
        show_json({**told, "disk": disk, "open_at": open_at})
        return
    width = max(map(len, _LABELS.values()))
    for name, path in paths.items():  # whole lines, so that a path can be copied out
        say(f"{_LABELS[name]:<{width}}  {path}{'' if path.exists() else '  (chưa có)'}")
    say(f"{'Ổ đĩa':<{width}}  {_DISKS[disk]}")
    if open_at:
        say(f"{'Kho đang mở':<{width}}  {open_at}")
