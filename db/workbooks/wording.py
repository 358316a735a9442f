"""What columns are called: to people, in mapping files, and in the headings of old workbooks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.judging import Part
from db.kinds import Split
from db.registers import Register
from db.text import fold
from db.workbooks.ground import Ground
from db.workbooks.layout import CHECKLIST, NAME, NUMBER, ROW, VILLAGE, VILLAGES, Role

BETWEEN = " · "


@dataclass(frozen=True)
class ColumnWords:
    """What one column of a checklist is called, and how headings name it, without marks.

    `whole` headings must say just that; others may say more around it.
    """

    role: Role
    label: str
    headings: tuple[str, ...] = ()
    whole: bool = False


_FIGURE = "figure"
NUMERATOR = Role(_FIGURE, "numerator")
DENOMINATOR = Role(_FIGURE, "denominator")
FIGURE = Role(_FIGURE)
RESULT = Role("result")
STATUS = Role("status")
REASON = Role("reason")
NOTE = Role("note")
RESPONSIBLE = Role("responsible")
DUE = Role("due")
MET, NOT_MET = Role("met"), Role("not_met")
IN_PROGRESS, NOT_APPLICABLE = Role("in_progress"), Role("not_applicable")
NOT_READ = Role("")
"""What the program knows by itself or what is not the commune's to say."""

IDENTITY = (
    ColumnWords(
        NUMBER,
        "Số chỉ tiêu",
        ("so chi tieu", "chi tieu so", "ma chi tieu", "ma so", "tt", "stt", "so tt"),
    ),
    ColumnWords(
        NAME,
        "Nội dung chỉ tiêu",
        (
            "noi dung chi tieu",
            "noi dung tieu chi",
            "ten chi tieu",
            "ten tieu chi",
            "noi dung danh gia",
            "noi dung",
            "chi tieu",
            "tieu chi",
        ),
    ),
)
STATUSES = (
    ColumnWords(
        STATUS,
        "Tự đánh giá",
        (
            "tu danh gia",
            "xa tu danh gia",
            "tu cham",
            "xa tu cham",
            "ket qua tu danh gia",
            "ket qua danh gia",
            "danh gia",
            "dat chua dat",
            "dat hay chua dat",
            "dat hoac chua dat",
            "tinh trang",
            "trang thai",
            "ket luan",
            "so sanh",
        ),
    ),
    ColumnWords(MET, "Đạt (đánh dấu)", ("dat", "da dat", "dat chuan"), whole=True),
    ColumnWords(NOT_MET, "Chưa đạt (đánh dấu)", ("chua dat", "khong dat"), whole=True),
    ColumnWords(
        IN_PROGRESS,
        "Đang thực hiện (đánh dấu)",
        ("dang thuc hien", "dang lam", "dang trien khai"),
        whole=True,
    ),
    ColumnWords(NOT_APPLICABLE, "Không áp dụng (đánh dấu)", ("khong ap dung",), whole=True),
    ColumnWords(REASON, "Lý do", ("ly do", "nguyen nhan")),
)
FIGURES = (
    ColumnWords(
        RESULT,
        "Kết quả",
        (
            "ket qua thuc hien",
            "ket qua dat duoc",
            "ket qua ra soat",
            "ket qua",
            "so lieu hien trang",
            "hien trang",
            "thuc trang",
            "thuc hien",
        ),
    ),
    ColumnWords(
        FIGURE, "Số liệu", ("so lieu", "gia tri", "ty le", "ti le", "dat ty le", "ty le dat")
    ),
    ColumnWords(NUMERATOR, "Tử số", ("tu so", "so ho dat", "so dat", "so luong dat")),
    ColumnWords(DENOMINATOR, "Mẫu số", ("mau so", "tong so ho", "tong so", "tong")),
    ColumnWords(Role(_FIGURE, Part.MEN.value), "Nam", ("nam", "nam gioi"), whole=True),
    ColumnWords(Role(_FIGURE, Part.WOMEN.value), "Nữ", ("nu", "nu gioi"), whole=True),
    ColumnWords(
        Role(_FIGURE, Part.FIRST.value), "Phần thứ nhất", ("phan thu nhat", "phan 1"), whole=True
    ),
    ColumnWords(
        Role(_FIGURE, Part.SECOND.value), "Phần thứ hai", ("phan thu hai", "phan 2"), whole=True
    ),
    ColumnWords(Role(_FIGURE, Part.SHARE.value), "Tỷ lệ"),
    ColumnWords(Role(_FIGURE, Part.COUNT.value), "Số lượng", ("so luong",), whole=True),
)
OTHERS = (
    ColumnWords(NOTE, "Ghi chú", ("ghi chu", "thuyet minh", "dien giai")),
    ColumnWords(
        RESPONSIBLE,
        "Phụ trách",
        (
            "nguoi phu trach",
            "can bo phu trach",
            "don vi phu trach",
            "phu trach",
            "nguoi chiu trach nhiem",
            "trach nhiem",
            "don vi thuc hien",
            "nguoi thuc hien",
            "phan cong",
        ),
    ),
    ColumnWords(
        DUE,
        "Hạn hoàn thành",
        (
            "han hoan thanh",
            "thoi han hoan thanh",
            "thoi gian hoan thanh",
            "ngay hoan thanh",
            "ke hoach hoan thanh",
            "du kien hoan thanh",
            "thoi han",
            "thoi gian du kien",
            "han",
        ),
    ),
)
UNREAD = (
    ColumnWords(
        NOT_READ,
        "",
        (
            "yeu cau",
            "muc dat",
            "muc yeu cau",
            "muc quy dinh",
            "chi tieu yeu cau",
            "quy dinh",
            "chuan",
            "don vi tinh",
            "dvt",
            "diem",
        ),
    ),
)
CHECKLIST_COLUMNS = (*IDENTITY, *STATUSES, *FIGURES, *OTHERS)

NOT_OURS = ("tham tra", "tham dinh", "phuc tra", "huyen danh gia", "cap huyen", "doan danh gia")
"""In a heading: what the upper level found, which is not the commune's to write."""

_VILLAGE_PARTS = (*STATUSES[:1], *(it for it in FIGURES if it.role != RESULT))


def words_of_field(field: str, part: str = "") -> str:
    """Give the label of a checklist's column."""
    return next(
        it.label for it in CHECKLIST_COLUMNS if (it.role.field, it.role.part) == (field, part)
    )


def vocabulary(ground: Ground, subject: str) -> Mapping[str, Role]:
    """Give every column that a table about a subject can have, by what it is called."""
    register = ground.registers.get(subject)
    if register is not None:
        return dict(_of_register(register))
    return dict(_of_villages(ground) if subject == VILLAGES else _of_checklist(ground))


def say_role(ground: Ground, subject: str, role: Role) -> str:
    """Give what a column is called."""
    return next(label for label, held in vocabulary(ground, subject).items() if held == role)


def read_role(ground: Ground, subject: str, text: str) -> Role | None:
    """Find the column that a text calls, marks and case aside."""
    wanted = fold(text)
    found = vocabulary(ground, subject).items()
    return next((role for label, role in found if fold(label) == wanted), None)


def _of_checklist(ground: Ground) -> Iterator[tuple[str, Role]]:
    yield from ((it.label, it.role) for it in CHECKLIST_COLUMNS)
    for village in ground.villages.values():
        yield village.name, Role(RESULT.field, village=village.code)
        for it in _VILLAGE_PARTS:
            role = Role(it.role.field, it.role.part, village=village.code)
            yield f"{village.name}{BETWEEN}{it.label}", role


def _of_villages(ground: Ground) -> Iterator[tuple[str, Role]]:
    yield "Tên thôn", VILLAGE
    for state in ground.checklist.states:
        number = state.indicator.number
        yield number, Role(RESULT.field, number=number)
        for it in (*_VILLAGE_PARTS, *OTHERS):
            yield f"{number}{BETWEEN}{it.label}", Role(it.role.field, it.role.part, number=number)


def _of_register(register: Register) -> Iterator[tuple[str, Role]]:
    yield "Mã dòng", ROW
    for column in register.columns:
        if column.derived or not column.typed_by(register.model.row_owner):
            continue
        yield column.label, Role(column.name)
        if isinstance(column.kind, Split):
            for source, label in column.kind.offered():
                yield f"{column.label}{BETWEEN}{label}", Role(column.name, source)


def subjects_called(ground: Ground) -> Mapping[str, str]:
    """Give the subjects by what people call them, without marks."""
    return {fold(ground.title(one)): one for one in ground.subjects}


def listed_labels(labels: Sequence[str], most: int = 30) -> str:
    """Name some columns in a sentence."""
    more = f" … và {len(labels) - most} cột khác" if len(labels) > most else ""
    return "; ".join(labels[:most]) + more


__all__ = [
    "CHECKLIST",
    "CHECKLIST_COLUMNS",
    "listed_labels",
    "read_role",
    "say_role",
    "subjects_called",
    "vocabulary",
    "words_of_field",
]
