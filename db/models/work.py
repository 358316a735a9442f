"""What is to be done, and what stands in the way."""

from datetime import date

from db.kinds import Choice, Date, Labelled, Line, Link, Paragraph
from db.models.base import STRICT, Replicated, declared
from db.owner import Owner


class TaskState(Labelled):
    """How far a task is."""

    TODO = "todo", "Chưa làm"
    DOING = "doing", "Đang làm"
    DONE = "done", "Xong"
    DROPPED = "dropped", "Thôi làm"


class Origin(Labelled):
    """What a task comes from."""

    PLAN = "plan", "Kế hoạch"
    BRIEFING = "briefing", "Giao ban"
    INSPECTION = "inspection", "Kiểm tra"
    DIRECTIVE = "directive", "Văn bản chỉ đạo"
    OBSTACLE = "obstacle", "Vướng mắc"
    OTHER = "other", "Khác"


class Task(Replicated, table=True):
    """Something due from someone by a date."""

    __tablename__ = "task"
    __table_args__ = STRICT
    subject = "Công việc"
    called = "công việc"
    named_by = ("title",)

    title: str | None = declared("Việc", Line())
    assignee: str | None = declared("Người làm", Link("member", "thành viên"))
    due: date | None = declared("Hạn", Date())
    state: str | None = declared("Tình trạng", Choice(TaskState))
    indicator: str | None = declared("Chỉ tiêu", Link("indicator", "chỉ tiêu"))
    village: str | None = declared("Thôn", Link("village", "thôn"))
    origin: str | None = declared("Xuất phát từ", Choice(Origin))
    briefing: str | None = declared("Cuộc giao ban", Link("briefing", "cuộc giao ban"))
    inspection: str | None = declared("Cuộc kiểm tra", Link("inspection", "cuộc kiểm tra"))
    directive: str | None = declared("Theo văn bản", Link("directive", "văn bản"))
    obstacle: str | None = declared("Vướng mắc liên quan", Link("obstacle", "vướng mắc"))
    result: str | None = declared("Kết quả", Paragraph())
    done_on: date | None = declared("Ngày xong", Date())


class Level(Labelled):
    """Who is able to solve an obstacle."""

    COMMUNE = "commune", "Xã"
    DISTRICT = "district", "Huyện"
    PROVINCE = "province", "Tỉnh"
    CENTRAL = "central", "Trung ương"


class Obstacle(Replicated, table=True):
    """What the commune cannot solve alone: reported upward, answered from there.

    Its stage is derived: it is reported when there is a day of that, answered when there is a
    reply, solved when there is a day of that. The reply belongs to the upper level, which therefore
    never writes a field of the commune's.
    """

    __tablename__ = "obstacle"
    __table_args__ = STRICT
    subject = "Vướng mắc"
    called = "vướng mắc"
    named_by = ("title",)

    title: str | None = declared("Nội dung", Line())
    level: str | None = declared("Cấp giải quyết được", Choice(Level))
    proposal: str | None = declared("Đề xuất, kiến nghị", Paragraph())
    member: str | None = declared("Người theo dõi", Link("member", "thành viên"))
    due: date | None = declared("Cần có trả lời trước", Date())
    indicator: str | None = declared("Chỉ tiêu", Link("indicator", "chỉ tiêu"))
    village: str | None = declared("Thôn", Link("village", "thôn"))
    arisen_on: date | None = declared("Phát sinh ngày", Date())
    reported_on: date | None = declared("Báo cáo cấp trên ngày", Date())
    heard: str | None = declared(
        "Trả lời nghe được", Paragraph(), help="Ý kiến nhận bằng điện thoại, cuộc họp, văn bản."
    )
    solution: str | None = declared("Kết quả giải quyết", Paragraph())
    solved_on: date | None = declared("Giải quyết xong ngày", Date())
    reply: str | None = declared("Cấp trên trả lời", Paragraph(), owner=Owner.UPPER)
    replied_by: str | None = declared("Nơi trả lời", Line(), owner=Owner.UPPER)
    replied_on: date | None = declared("Trả lời ngày", Date(), owner=Owner.UPPER)
