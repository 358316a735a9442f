"""The five lessons, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Callable

from db.practice.lessons import LINES, PAPER
from ntm_tui.commands import (
    AddRow,
    AttachFile,
    Command,
    Edit,
    GoBack,
    GoChecklist,
    GoSync,
    GoWork,
    Redo,
    SetInProgress,
    SetMet,
    SetNotMet,
    ShowEvidence,
    ShowHistory,
    Undo,
)
from ntm_tui.lessons.lesson import Facts, Lesson, Step
from ntm_tui.widgets.marks import MARKS

_DIGITS = {MARKS["met"].word: SetMet.key, MARKS["in_progress"].word: SetInProgress.key}
_ENTER, _ESC = Edit.key_label(), GoBack.key_label()


def _key(command: type[Command]) -> str:
    return command.key_label()


def _say(words: str) -> Callable[[Facts], str]:
    return lambda _facts: words


def _go(command: type[Command], area: str) -> Step:
    words = f"Bấm {_key(command)} để mở {command.text}."
    return Step(_say(words), lambda facts: facts.area == area)


def _closed(*, after: Callable[[Facts], bool]) -> Step:
    words = f"Bấm {_ESC} để đóng hộp; mọi thứ đã tự lưu."
    return Step(_say(words), lambda facts: not facts.opened and after(facts))


# -- Fill in ten indicators ------------------------------------------------------------------------


def _copy_paper(facts: Facts) -> str:
    digits = " ".join(
        f"{number}→{_DIGITS[MARKS[status].word]}" for number, status in facts.left.items()
    )
    done = len(facts.paper) - len(facts.left)
    return (
        f"Giấy ghi: {digits}\n"
        f"Bấm đúng số ở từng dòng, máy tự xuống dòng. Nhầm thì ↑ rồi bấm lại. {done}/{LINES}"
    )


FILL_IN = Lesson(
    name="fill-in",
    title="Điền mười chỉ tiêu",
    steps=(
        _go(GoChecklist, "checklist"),
        Step(_copy_paper, lambda facts: bool(facts.paper) and not facts.left),
    ),
    end=_say(
        "Mỗi chỉ tiêu một phím, và đã lưu ngay khi bấm: chương trình này không có nút Lưu. "
        f"Phím {SetNotMet.key} là Chưa đạt, phím 0 bỏ đánh giá."
    ),
)


# -- Undo ------------------------------------------------------------------------------------------


def _redo_words(facts: Facts) -> str:
    first = "" if facts.doings.can_redo else f"Bấm {_key(Undo)}, rồi "
    return f"{first}{'Bấm' if not first else 'bấm'} {_key(Redo)}: điều vừa hoàn tác được làm lại."


UNDO = Lesson(
    name="undo",
    title="Hoàn tác khi nhầm",
    steps=(
        _go(GoChecklist, "checklist"),
        Step(
            _say(f"Chọn một chỉ tiêu đang Đạt (mũi tên ↑ ↓), rồi bấm nhầm {SetNotMet.key}."),
            lambda facts: facts.doings.acts > 0,
        ),
        Step(
            _say(f"Giả sử vừa bấm nhầm. Bấm {_key(Undo)}: mọi thứ trở về như trước."),
            lambda facts: facts.doings.undone > 0,
        ),
        Step(_redo_words, lambda facts: facts.doings.redone > 0),
        Step(
            _say(f"Bấm {_key(Undo)} lần nữa để bỏ hẳn chỗ nhầm."),
            lambda facts: facts.doings.redone > 0 and facts.doings.undone > 1,
        ),
    ),
    end=_say(
        f"{_key(Undo)} bỏ được từng việc đã làm, cả việc hôm qua, cả sau khi tắt máy. "
        f"{_key(ShowHistory)} cho xem ai đã ghi gì, lúc nào."
    ),
)


# -- Attach evidence -------------------------------------------------------------------------------


def _attached(facts: Facts) -> bool:
    return facts.wrote("evidence", "sha256")


def _described(facts: Facts) -> bool:
    return _attached(facts) and facts.wrote("evidence", "number")


def _choose_words(facts: Facts) -> str:
    if "FilePicker" in facts.opened:
        return f"Tệp mẫu {PAPER} đang được chọn sẵn: bấm {_ENTER} để đính."
    return f"Bấm {_key(AttachFile)} để chọn tệp."


def _describe_words(facts: Facts) -> str:
    if "DocumentForm" in facts.opened:
        return f"Bấm {_ENTER} tới ô Số, ký hiệu; gõ 05/BB rồi {_ENTER}."
    if "EvidenceDialog" in facts.opened:
        return f"Bấm {_ENTER} để mở tài liệu vừa đính và ghi Số, ký hiệu của nó."
    return f"Bấm {_key(ShowEvidence)} rồi {_ENTER} để mở tài liệu, ghi Số, ký hiệu của nó."


ATTACH = Lesson(
    name="attach",
    title="Đính minh chứng",
    steps=(
        _go(GoChecklist, "checklist"),
        Step(
            _say(f"Chọn một chỉ tiêu bằng ↑ ↓, rồi bấm {_key(AttachFile)} để đính tệp cho nó."),
            lambda facts: "EvidenceDialog" in facts.opened,
        ),
        Step(_choose_words, _attached),
        Step(_describe_words, _described),
        _closed(after=_described),
    ),
    end=_say(
        "Máy đã chép tệp vào kho: rút USB hay xóa tệp gốc thì minh chứng vẫn còn, "
        f"và đi theo gói lên huyện. {_key(ShowEvidence)} cho xem còn thiếu loại nào."
    ),
)


# -- Report an obstacle ----------------------------------------------------------------------------


def _at_obstacles(facts: Facts) -> bool:
    return facts.area == "work" and facts.part == "obstacle"


def _proposed(facts: Facts) -> bool:
    return facts.wrote("obstacle", "title", "proposal")


def _propose_words(facts: Facts) -> str:
    if "RowForm" in facts.opened:
        return (
            f"Ô Cấp giải quyết được: gõ 2 (Huyện), {_ENTER}. Ô Đề xuất, kiến nghị: "
            "gõ điều xã xin huyện, rồi bấm Tab."
        )
    return f"Chọn dòng vừa thêm, bấm {_ENTER} để mở lại và ghi ô Đề xuất, kiến nghị."


def _report_words(facts: Facts) -> str:
    back = "" if _at_obstacles(facts) else f"Bấm {_key(GoWork)} rồi 2. "
    return f"{back}Dòng vừa ghi đang được chọn: bấm phím cách để ghi ngày báo cáo huyện."


OBSTACLE = Lesson(
    name="obstacle",
    title="Báo cáo vướng mắc",
    steps=(
        _go(GoWork, "work"),
        Step(_say("Bấm 2 để mở sổ Vướng mắc."), _at_obstacles),
        Step(
            _say(f"Bấm {_key(AddRow)} để thêm một vướng mắc."),
            lambda facts: _at_obstacles(facts) and "RowForm" in facts.opened,
        ),
        Step(
            _say(f"Ô Nội dung: gõ một câu, ví dụ: Thiếu xi măng làm đường thôn. Rồi bấm {_ENTER}."),
            lambda facts: facts.wrote("obstacle", "title"),
        ),
        Step(_propose_words, _proposed),
        _closed(after=_proposed),
        Step(
            _report_words,
            lambda facts: _proposed(facts) and facts.wrote("obstacle", "reported_on"),
        ),
    ),
    end=_say(
        "Vướng mắc đi theo gói gửi huyện; huyện trả lời thì câu trả lời về đúng dòng này, "
        "và Tuần này nhắc khi huyện chưa trả lời."
    ),
)


# -- Export a bundle -------------------------------------------------------------------------------


def _write_words(facts: Facts) -> str:
    if facts.part != "send":
        return "Bấm 1 để mở phần Gửi đi."
    return (
        f"Khung bên phải là những gì sẽ gửi. Bấm {_ENTER} để ghi gói; "
        "không cắm USB thì gói nằm trong máy này."
    )


def _checked_words(facts: Facts) -> str:
    return (
        f"Gói đã ghi và đọc lại đúng, mã đối chiếu {facts.code}. "
        "Bấm 5 để mở Sổ gửi nhận: mã nằm ở dòng đầu, lúc nào cũng xem lại được."
    )


def _send_end(facts: Facts) -> str:
    return (
        f"Đọc mã {facts.code} cho huyện nghe: máy huyện nhận về hiện đúng mã ấy là đúng gói, "
        "không thiếu chữ nào. Gói hỏng hay nhầm thì mã khác."
    )


SEND = Lesson(
    name="send",
    title="Ghi gói gửi huyện",
    steps=(
        _go(GoSync, "sync"),
        Step(_write_words, lambda facts: bool(facts.code)),
        Step(
            _checked_words,
            lambda facts: bool(facts.code) and facts.area == "sync" and facts.part == "log",
        ),
    ),
    end=_send_end,
)

LESSONS = (FILL_IN, UNDO, ATTACH, OBSTACLE, SEND)
"""All of them."""
