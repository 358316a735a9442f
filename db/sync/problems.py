"""What can be wrong with a bundle, each with its own plain words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from db.problems import Problem


class Code(StrEnum):
    """Names of what can be wrong, for scripts; they never change their meaning."""

    # The file as a whole.
    MISSING = "missing"
    FOLDER = "folder"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    NO_OPENING_KEY = "no_opening_key"
    NOT_FOR_THIS_MACHINE = "not_for_this_machine"
    OWN_KEY_LOST = "own_key_lost"
    PASSPHRASE = "passphrase"
    NO_ROOM_HERE = "no_room_here"
    NOT_ZIP = "not_zip"
    FOREIGN_ZIP = "foreign_zip"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    NEWER_FORMAT = "newer_format"
    # What the archive holds.
    HOSTILE = "hostile"
    DANGEROUS_NAME = "dangerous_name"
    REPEATED_NAME = "repeated_name"
    NOT_A_FILE = "not_a_file"
    LOCKED_FILE = "locked_file"
    UNKNOWN_PACKING = "unknown_packing"
    CONTRADICTS_ITSELF = "contradicts_itself"
    TOO_LARGE = "too_large"
    UNKNOWN_MEMBER = "unknown_member"
    MEMBER_MISSING = "member_missing"
    HASH_MISMATCH = "hash_mismatch"
    BAG_FORM = "bag_form"
    NOT_LISTED = "not_listed"
    BAG_SIGNATURE = "bag_signature"
    SENDER_KEY = "sender_key"
    BAD_DESCRIPTION = "bad_description"
    # One card, segment or receipt in it.
    BAD_CARD = "bad_card"
    BAD_RECEIPT = "bad_receipt"
    NO_CARD = "no_card"
    SEGMENT_SIGNATURE = "segment_signature"
    SEGMENT_NAME = "segment_name"
    BAD_SEGMENT = "bad_segment"
    NEWER_SCHEMA = "newer_schema"
    WRONG_SCOPE = "wrong_scope"
    PRACTICE_MIXED = "practice_mixed"
    CHAIN_BROKEN = "chain_broken"
    # A receipt alone.
    NOT_RECEIPT = "not_receipt"
    RECEIPT_CHANGED = "receipt_changed"
    NEWER_RECEIPT = "newer_receipt"
    # Writing one.
    CANCELLED = "cancelled"
    NAME_TAKEN = "name_taken"
    DISK_FULL = "disk_full"
    DISK_READ_ONLY = "disk_read_only"
    FILE_TOO_LARGE = "file_too_large"
    DISK_FAILED = "disk_failed"
    NOT_AS_WRITTEN = "not_as_written"
    EVIDENCE_LEFT_OUT = "evidence_left_out"
    EVIDENCE_CHANGED = "evidence_changed"


_UNTOUCHED = "Dữ liệu trên máy này không bị thay đổi."
_AGAIN = f"{_UNTOUCHED} Xin chép lại gói từ máy gửi, hoặc nhờ bên gửi xuất lại."
_SENDER = f"{_UNTOUCHED} Xin không dùng gói này và báo cho bên gửi."
_OTHERS = "Các phần khác của gói không bị ảnh hưởng. Xin báo cho bên gửi."
_REPEAT = "Dữ liệu trong máy còn nguyên, chưa có gói nào được ghi."

MESSAGES: dict[Code, str] = {
    Code.MISSING: f"Không tìm thấy tệp. {_UNTOUCHED} Xin xem lại tên tệp và USB.",
    Code.FOLDER: f"Đây là một thư mục, không phải gói. {_UNTOUCHED} Xin chọn tệp NTM_….zip.",
    Code.UNREADABLE: f"Không đọc được tệp. {_UNTOUCHED} Xin rút USB ra, cắm lại rồi thử lần nữa.",
    Code.EMPTY: f"Tệp rỗng, có lẽ chưa chép xong. {_AGAIN}",
    Code.ENCRYPTED: (
        f"Gói này đã được mã hóa nên chưa xem được nội dung. {_UNTOUCHED} "
        "Xin giải mã trước, hoặc mở trên máy nhận mà gói được gửi cho."
    ),
    Code.NO_OPENING_KEY: (
        "Gói này đã được mã hóa mà máy này chưa có khóa mở gói nào. "
        f"{_UNTOUCHED} Xin nhập tệp khóa đã cất bằng lệnh ntm keys import, hoặc nhờ bên gửi xuất "
        "gói không mã hóa cho lần nhận đầu tiên."
    ),
    Code.NOT_FOR_THIS_MACHINE: (
        f"Gói này được mã hóa cho máy khác, khóa của máy này không mở được. {_UNTOUCHED} "
        "Xin nhờ bên gửi xuất lại và chọn cả máy này. Nếu máy vừa được cài lại, xin nhập tệp khóa "
        "đã cất bằng lệnh ntm keys import."
    ),
    Code.OWN_KEY_LOST: (
        "Gói này do chính máy này gửi, nhưng khóa mở gói của lúc ấy không còn trên máy. "
        f"{_UNTOUCHED} Xin nhập tệp khóa đã cất bằng lệnh ntm keys import; nếu không có, hãy lấy "
        "số liệu từ máy đã nhận gói."
    ),
    Code.PASSPHRASE: (
        f"Tệp này được khóa bằng mật khẩu nên không phải gói của chương trình. {_UNTOUCHED} "
        "Xin nhờ bên gửi xuất lại gói từ chương trình. Nếu đây là tệp khóa đã cất, hãy dùng lệnh "
        "ntm keys import."
    ),
    Code.NO_ROOM_HERE: (
        "Ổ đĩa của máy này không đủ chỗ hoặc không ghi được, nên chưa làm xong với gói mã hóa. "
        "Dữ liệu trong máy còn nguyên, không có gì dở dang. Xin dọn bớt tệp trên ổ đĩa của máy "
        "rồi làm lại."
    ),
    Code.NOT_ZIP: f"Đây không phải gói của chương trình. {_UNTOUCHED} Xin chọn tệp NTM_….zip.",
    Code.FOREIGN_ZIP: (
        "Đây là một tệp nén khác, hoặc gói đã bị nén lại, không phải gói nguyên bản của chương "
        f"trình. {_UNTOUCHED} Xin chọn tệp NTM_….zip đúng như bên gửi đã xuất."
    ),
    Code.TRUNCATED: f"Gói bị thiếu phần cuối, có lẽ USB được rút quá sớm. {_AGAIN}",
    Code.DAMAGED: f"Gói bị hỏng: nội dung không còn đúng như khi xuất. {_AGAIN}",
    Code.NEWER_FORMAT: (
        "Gói do bản chương trình mới hơn tạo ra: cần bản mới hơn để đọc. Gói còn nguyên. "
        f"{_UNTOUCHED} Xin cập nhật chương trình rồi mở lại gói."
    ),
    Code.HOSTILE: (
        "Gói có cấu trúc bất thường mà chương trình không bao giờ tạo ra, nên bị từ chối. "
        f"{_SENDER}"
    ),
    Code.DANGEROUS_NAME: (
        "Gói có tên tệp nguy hiểm, trỏ ra ngoài thư mục của gói hoặc có ký tự bị cấm, nên bị từ "
        f"chối. {_SENDER}"
    ),
    Code.REPEATED_NAME: (
        f"Gói có hai tệp trùng tên, không rõ tệp nào là thật, nên bị từ chối. {_SENDER}"
    ),
    Code.NOT_A_FILE: (
        f"Gói có liên kết, thư mục hoặc thiết bị ở chỗ phải là tệp, nên bị từ chối. {_SENDER}"
    ),
    Code.LOCKED_FILE: (
        "Trong gói có tệp bị khóa bằng mật khẩu, điều chương trình không bao giờ làm, nên bị từ "
        f"chối. {_SENDER}"
    ),
    Code.UNKNOWN_PACKING: (
        "Trong gói có tệp được nén theo cách mà chương trình không bao giờ dùng, nên bị từ chối. "
        f"{_SENDER}"
    ),
    Code.CONTRADICTS_ITSELF: (
        f"Mục lục của tệp nén không khớp với những gì nằm trong đó, nên gói bị từ chối. {_SENDER}"
    ),
    Code.TOO_LARGE: f"Gói khai số tệp hoặc dung lượng lớn bất thường, nên bị từ chối. {_SENDER}",
    Code.UNKNOWN_MEMBER: f"Gói có tệp lạ không thuộc định dạng của chương trình. {_SENDER}",
    Code.MEMBER_MISSING: f"Gói thiếu một tệp bắt buộc. {_AGAIN}",
    Code.HASH_MISMATCH: f"Một tệp trong gói không khớp với bảng kê của gói. {_AGAIN}",
    Code.BAG_FORM: f"Bảng kê của gói không đúng mẫu. {_AGAIN}",
    Code.NOT_LISTED: (
        f"Bảng kê và các tệp trong gói không khớp nhau: có tệp thừa hoặc thiếu. {_AGAIN}"
    ),
    Code.BAG_SIGNATURE: f"Chữ ký của gói không đúng. {_SENDER}",
    Code.SENDER_KEY: f"Khóa trong gói không phải của máy được ghi là máy gửi. {_SENDER}",
    Code.BAD_DESCRIPTION: f"Phần mô tả của gói không đúng với nội dung. {_SENDER}",
    Code.BAD_CARD: f"Thẻ của một máy trong gói không hợp lệ. {_OTHERS}",
    Code.BAD_RECEIPT: f"Biên nhận trong gói không hợp lệ. {_OTHERS}",
    Code.NO_CARD: f"Gói thiếu thẻ của máy đã ghi phần này. {_OTHERS}",
    Code.SEGMENT_SIGNATURE: f"Chữ ký của một phần dữ liệu không đúng. {_OTHERS}",
    Code.SEGMENT_NAME: f"Tên của một phần dữ liệu không khớp với nội dung. {_OTHERS}",
    Code.BAD_SEGMENT: f"Một phần dữ liệu không đúng mẫu nên không đọc được. {_OTHERS}",
    Code.NEWER_SCHEMA: (
        "Một phần dữ liệu do bản chương trình mới hơn ghi: cần bản mới hơn để đọc. Phần ấy được "
        "giữ nguyên, các phần khác không bị ảnh hưởng. Xin cập nhật chương trình."
    ),
    Code.WRONG_SCOPE: f"Một phần dữ liệu thuộc xã khác với xã của gói. {_OTHERS}",
    Code.PRACTICE_MIXED: f"Gói lẫn dữ liệu tập dùng với dữ liệu thật. {_OTHERS}",
    Code.CHAIN_BROKEN: f"Các phần dữ liệu của một máy không nối tiếp nhau. {_OTHERS}",
    Code.NOT_RECEIPT: (
        f"Đây không phải tệp biên nhận của chương trình. {_UNTOUCHED} Xin chọn tệp NTM_….receipt."
    ),
    Code.RECEIPT_CHANGED: (
        "Tệp biên nhận đã bị sửa hoặc chép thiếu, nên chữ ký không còn đúng. "
        f"{_UNTOUCHED} Xin chép lại tệp từ máy đã ghi, hoặc nhờ nơi ấy ghi biên nhận khác."
    ),
    Code.NEWER_RECEIPT: (
        "Biên nhận do bản chương trình mới hơn ghi: cần bản mới hơn để đọc. "
        f"{_UNTOUCHED} Xin cập nhật chương trình rồi nhận lại."
    ),
    Code.CANCELLED: (
        "Đã dừng theo yêu cầu. Dữ liệu trong máy còn nguyên, không có gì dở dang. "
        "Có thể làm lại bất cứ lúc nào."
    ),
    Code.NAME_TAKEN: f"Ở nơi ghi đã có tệp trùng tên. {_REPEAT} Xin xuất lại với tên khác.",
    Code.DISK_FULL: f"Ổ đĩa đã đầy. {_REPEAT} Xin xóa bớt tệp hoặc chọn ổ khác rồi xuất lại.",
    Code.DISK_READ_ONLY: (
        f"Không được phép ghi vào nơi đã chọn. {_REPEAT} Xin mở khóa chống ghi của USB "
        "hoặc chọn nơi khác rồi xuất lại."
    ),
    Code.FILE_TOO_LARGE: (
        f"Gói lớn hơn mức mà ổ đĩa này chứa được trong một tệp (USB kiểu FAT32: 4 GB). {_REPEAT} "
        "Xin chọn ổ khác, hoặc định dạng USB kiểu exFAT, rồi xuất lại."
    ),
    Code.DISK_FAILED: (
        f"Không ghi tiếp được: ổ đĩa bị rút ra hoặc có lỗi. {_REPEAT} "
        "Xin cắm lại hoặc chọn ổ khác rồi xuất lại."
    ),
    Code.NOT_AS_WRITTEN: (
        f"Đọc lại thấy khác với những gì đã ghi, có lẽ ổ đĩa bị lỗi. {_REPEAT} "
        "Xin dùng USB khác rồi xuất lại."
    ),
    Code.EVIDENCE_LEFT_OUT: (
        "Một tệp minh chứng bị mất, đang bị khóa hoặc đã bị sửa nên không đưa vào gói. Phần còn "
        "lại của gói vẫn đầy đủ. Xin đính lại tệp ấy; lần xuất sau sẽ gửi bù."
    ),
    Code.EVIDENCE_CHANGED: (
        f"Một tệp minh chứng bị thay đổi trong lúc đang ghi gói. {_REPEAT} "
        "Xin đóng tệp ấy ở chương trình khác rồi xuất lại."
    ),
}


_OF_ONE_PART = frozenset(
    {
        Code.BAD_CARD,
        Code.BAD_RECEIPT,
        Code.NO_CARD,
        Code.SEGMENT_SIGNATURE,
        Code.SEGMENT_NAME,
        Code.BAD_SEGMENT,
        Code.NEWER_SCHEMA,
        Code.WRONG_SCOPE,
        Code.PRACTICE_MIXED,
        Code.CHAIN_BROKEN,
        Code.EVIDENCE_LEFT_OUT,
    }
)


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong. `member`: the file in the bundle it concerns, if it is one."""

    code: Code
    message: str
    member: str = ""

    @property
    def of_one_part(self) -> bool:
        """Whether only `member` suffers and the rest of the bundle can be used."""
        return self.code in _OF_ONE_PART


class BundleProblem(Problem):
    """A bundle, or a part of one, that cannot be read or written; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw
        self.code = flaw.code.value


def flaw(code: Code, member: str = "", detail: str = "") -> Flaw:
    """A flaw in its own words; `detail` names the part, in words a person can read."""
    sentence = MESSAGES[code]
    return Flaw(code, f"{sentence} ({detail})" if detail else sentence, member)


def problem(code: Code, member: str = "", detail: str = "") -> BundleProblem:
    """The same, to be raised."""
    return BundleProblem(flaw(code, member, detail))


Report = Callable[[Flaw], None]
"""Where checks that go on after a flaw put it."""
