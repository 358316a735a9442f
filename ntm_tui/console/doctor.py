"""`ntm doctor`: is everything in order on this machine?"""

import sys

from db.home import find_home
from db.text import clean, nfc, shown
from ntm_tui.console.checks import Check, run_checks
from ntm_tui.console.command import Command, subject
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import say, show_json
from ntm_tui.console.tables import show_table

commands = subject()

TEST_LINE = "Được công nhận, tiếng Việt có dấu"


@commands.command("doctor", cls=Command, help="Kiểm tra kho, ổ đĩa, đồng hồ, cửa sổ, phông, bộ gõ.")
def doctor(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Look at everything, and let a person type a line where one is there."""
    found = list(run_checks(find_home(home)))
    if as_json:
        show_json(
            {
                "ok": all(one.ok for one in found),
                "checks": [
                    {
                        "check": one.name,
                        "ok": one.ok,
                        "title": one.title,
                        "found": one.found,
                        "advice": one.advice,
                    }
                    for one in found
                ],
            }
        )
        return
    show_table(("", "Mục", "Kết quả"), (_row(one) for one in found))
    if sys.stdin.isatty() and sys.stdout.isatty():
        say()
        show_table(("", "Mục", "Kết quả"), [_row(_ask_to_type())])


def _row(check: Check) -> tuple[str, str, str]:
    mark = "√ Tốt" if check.ok else "► Chú ý"
    return mark, check.title, f"{check.found} {check.advice}".strip()


def _ask_to_type() -> Check:
    say(f"Thử bộ gõ: hãy gõ dòng “{TEST_LINE}” rồi nhấn Enter.")
    try:
        return judge_typed(input("> "))
    except EOFError:
        return judge_typed("")


def judge_typed(typed: str) -> Check:
    """Tell whether the Vietnamese keyboard works in this window, from the line a person typed."""
    title = "Bộ gõ"
    if clean(typed).strip() == TEST_LINE:
        composed = nfc(typed) == typed
        found = "Gõ đúng." if composed else "Gõ đúng; dấu rời đã được ghép lại."
        return Check("typing", title, True, found)
    advice = (
        "Trong Unikey hoặc EVKey hãy chọn bảng mã Unicode, kiểu gõ Telex hoặc VNI, "
        "và tắt bớt bộ gõ thứ hai nếu có."
    )
    return Check("typing", title, False, f"Nhận được “{shown(typed)}”.", advice)
