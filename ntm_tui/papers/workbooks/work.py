"""Tasks, obstacles, and who answers for what: registers as they are kept."""

from collections.abc import Callable

from db.registers.people import RESPONSIBILITIES
from db.registers.reading import read_page
from db.registers.register import Record, Register
from db.registers.work import OBSTACLES, TASKS
from ntm_tui.papers.workbooks.registers import register_table
from ntm_tui.papers.workbooks.table import Table
from ntm_tui.papers.workbooks.workbook import Source, Workbook


def _still(source: Source, done: str) -> Callable[[Record], bool]:
    """Keep what is open, and what was done in the period or later."""

    def keeps(record: Record) -> bool:
        day = record.values.get(done)
        return not record.closed or day is None or day >= source.period.first

    return keeps


def _obstacles(source: Source) -> tuple[Table, ...]:
    shown = ("title", "village", "arisen_on", "proposal", "level", "due", "stage", "reply")
    return (
        _table(
            source,
            OBSTACLES,
            "vuong-mac",
            "KHÓ KHĂN, VƯỚNG MẮC VÀ KIẾN NGHỊ – {KỲ}",
            (*shown, "solution"),
            "solved_on",
        ),
    )


def _tasks(source: Source) -> tuple[Table, ...]:
    shown = ("title", "assignee", "village", "due", "state", "done_on", "result")
    return (_table(source, TASKS, "cong-viec", "THEO DÕI CÔNG VIỆC – {KỲ}", shown, "done_on"),)


def _table(
    source: Source, register: Register, key: str, title: str, shown: tuple[str, ...], done: str
) -> Table:
    page = read_page(source.desk, register, source.today)
    keeps = _still(source, done)
    records = tuple(record for record in page.records if keeps(record))
    return register_table(page, records, key=key, title=title, shown=shown)


def _responsibilities(source: Source) -> tuple[Table, ...]:
    page = read_page(source.desk, RESPONSIBILITIES, source.today)
    return (
        register_table(
            page,
            page.records,
            key="phan-cong",
            title="PHÂN CÔNG TRÁCH NHIỆM XÂY DỰNG NÔNG THÔN MỚI NĂM {NĂM}",
            shown=("subject", "member", "helpers", "note"),
        ),
    )


OBSTACLE_LIST = Workbook(
    "vuong-mac",
    "Khó khăn, vướng mắc",
    "Vướng mắc còn mở và đã giải quyết trong kỳ, đề xuất, trả lời của cấp trên.",
    _obstacles,
)
TASK_LIST = Workbook(
    "cong-viec",
    "Danh sách công việc",
    "Việc còn phải làm và việc xong trong kỳ: ai làm, hạn nào, kết quả.",
    _tasks,
)
RESPONSIBILITY_LIST = Workbook(
    "phan-cong",
    "Bảng phân công",
    "Ai chịu trách nhiệm từng tiêu chí và từng thôn.",
    _responsibilities,
)
