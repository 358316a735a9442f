import pytest

from tests._helpers.criteria import SMALL_SET, problems_of


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "value = 70\n",
            "",
            "Dòng 26, chỉ tiêu 1.1: mức ghi là “documented” nhưng thiếu giá trị “value”.",
        ),
        ("value = 70", "value = 170", "Dòng 30, chỉ tiêu 1.1: tỷ lệ phần trăm không thể quá 100."),
        (
            "value = 70",
            'value = "70"',
            "Dòng 30, chỉ tiêu 1.1: mục “value” phải là số không âm, viết như 70 hoặc 67.5.",
        ),
        (
            "value = 70",
            "value = -1",
            "Dòng 30, chỉ tiêu 1.1: mục “value” phải là số không âm, viết như 70 hoặc 67.5.",
        ),
        (
            "value = 70",
            "values = [70, 80]",
            "Dòng 30, chỉ tiêu 1.1: loại “pct_ge” cần 1 số, đang có 2.",
        ),
        ('unit = "%"\n', "", "Dòng 26, chỉ tiêu 1.1: loại “pct_ge” cần 1 đơn vị tính, đang có 0."),
        (
            'unit = "%"',
            'unit = "hộ"',
            "Dòng 31, chỉ tiêu 1.1: đơn vị tính của loại “pct_ge” phải là “%”.",
        ),
        (
            'unit = "%"',
            'unit = "%"\nunits = ["%"]',
            "Dòng 32, chỉ tiêu 1.1: chỉ ghi một trong hai mục “unit” và “units”.",
        ),
        (
            'kind = "dat"',
            'kind = "dat"\nvalue = 1',
            "Dòng 39, chỉ tiêu 1.2: loại “dat” không có mục “value”.",
        ),
        (
            'kind = "dat"',
            'kind = "dạt"',
            "Dòng 38, chỉ tiêu 1.2: mục “kind” không nhận “dạt”, chỉ nhận: dat, khong,",
        ),
        (
            'kind = "dat"',
            'kind = "tinh"',
            "Dòng 40, chỉ tiêu 1.2: loại “tinh” chưa có mức nên phải ghi “unknown”.",
        ),
        (
            'kind = "dat"',
            'kind = "dat"\nmen_women = true',
            "Dòng 39, chỉ tiêu 1.2: loại “dat” không tách được nam và nữ.",
        ),
        (
            'kind = "dat"',
            'kind = "dat"\nparts = ["Tổng số", "Tập trung"]',
            "Dòng 39, chỉ tiêu 1.2: “parts” là tên của hai số, chỉ cho kind pct_ge_two_part.",
        ),
        (
            'kind = "dat"',
            'kind = "dat"\nmen_women = "yes"',
            "Dòng 39, chỉ tiêu 1.2: mục “men_women” chỉ nhận true hoặc false.",
        ),
        (
            'kind = "dat"',
            'kind = "dat"\nlevels = ["a", "b"]',
            "Dòng 39, chỉ tiêu 1.2: loại “dat” không có mục “levels”.",
        ),
        (
            'kind = "dat"',
            'kind = "dat"\nghi_chu = "x"',
            "Dòng 39, chỉ tiêu 1.2: mục “ghi_chu” không có trong mẫu.",
        ),
        (
            'kind = "dat"',
            'kind = "dat"\nreplaces = "1.1"',
            "Dòng 39, chỉ tiêu 1.2: có “replaces” nhưng đầu tệp chưa có “supersedes”.",
        ),
        (
            'kind = "dat"',
            'kind = "dat"\nevidence = ["anh"]',
            "Dòng 39, chỉ tiêu 1.2: loại minh chứng “anh” chưa được khai báo.",
        ),
        (
            'kind = "dat"',
            'kind = "level"\nlevel = "C"\nlevels = ["A", "B"]',
            "Dòng 39, chỉ tiêu 1.2: mức “C” không có trong “levels”.",
        ),
        (
            'kind = "dat"',
            'kind = "level"\nlevel = "A"\nlevels = ["A"]',
            "Dòng 40, chỉ tiêu 1.2: mục “levels” cần ít nhất hai mức khác nhau",
        ),
        (
            'kind = "dat"',
            'kind = "amount_ge_by_year"\nunit = "triệu"\nby_year = { 2030 = 1 }',
            "Dòng 40, chỉ tiêu 1.2: năm 2030 nằm ngoài giai đoạn 2021-2025.",
        ),
        (
            'kind = "dat"',
            'kind = "amount_ge_by_year"\nunit = "triệu"\nby_year = { nam = 1 }',
            "Dòng 40, chỉ tiêu 1.2: mục “by_year” phải là bảng năm và số",
        ),
        (
            'threshold_source = "documented"',
            'threshold_source = "unknown"',
            "Dòng 30, chỉ tiêu 1.1: mức ghi là “unknown” thì không được kèm giá trị.",
        ),
        (
            'threshold_source = "documented"',
            'threshold_source = "confirmed"',
            "Dòng 33, chỉ tiêu 1.1: tệp công bố không được ghi “confirmed”",
        ),
        ('number = "1.2"', 'number = "1.1"', "Chỉ tiêu 1.1: số này được ghi 2 lần."),
        (
            'number = "1.2"',
            'number = "2.2"',
            "Dòng 36, chỉ tiêu 2.2: số chỉ tiêu không thuộc tiêu chí 1.",
        ),
        ('number = "1.2"\n', "", "Dòng 35, chỉ tiêu thứ 2: thiếu mục “number”."),
        ('name = "Có quy hoạch"\n', "", "Dòng 35, chỉ tiêu 1.2: thiếu mục “name”."),
        ('name = "Có quy hoạch"', 'name = " "', "Dòng 37, chỉ tiêu 1.2: mục “name” đang để trống."),
        (
            'name = "Có quy hoạch"',
            "name = 5",
            "Dòng 37, chỉ tiêu 1.2: mục “name” phải là chữ trong dấu ngoặc kép.",
        ),
        (
            'criteria = ["1"]',
            'criteria = ["1", "2"]',
            "Dòng 20, nhóm I: không có tiêu chí 2 trong tệp.",
        ),
        ('criteria = ["1"]', "criteria = []", "Tiêu chí 1: chưa thuộc nhóm nào."),
        ('criteria = ["1"]', 'criteria = ["1", "1"]', "Tiêu chí 1: thuộc nhiều nhóm."),
        (
            'criteria = ["1"]',
            "criteria = [1]",
            "Dòng 20, nhóm I: mục “criteria” phải là danh sách chữ",
        ),
        (
            'pct_ge = ["van-ban"]',
            'pct_ge = ["bien-ban"]',
            "Dòng 14, minh chứng gợi ý: loại minh chứng “bien-ban” chưa được khai báo.",
        ),
        (
            'pct_ge = ["van-ban"]',
            'dien_tich = ["van-ban"]',
            "Dòng 14, minh chứng gợi ý: mục “dien_tich” không có trong mẫu.",
        ),
        (
            'source = "suggested"',
            'source = "law"',
            "Dòng 13, minh chứng gợi ý: mục “source” chỉ nhận: suggested, documented.",
        ),
        (
            "years = [2021, 2025]",
            "years = [2025, 2021]",
            "Dòng 6, đầu tệp: năm đầu 2025 đứng sau năm cuối 2021.",
        ),
        (
            "years = [2021, 2025]",
            "years = [2021]",
            "Dòng 6, đầu tệp: cần mục “years” gồm năm đầu và năm cuối",
        ),
        (
            "years = [2021, 2025]",
            'years = [2021, 2025]\nsupersedes = "bo-thu"',
            "Dòng 7, đầu tệp: bộ tiêu chí không thể thay thế chính nó.",
        ),
        (
            'tier = "ntm"',
            'tier = "nang-cao"',
            "Dòng 4, đầu tệp: mục “tier” không nhận “nang-cao”, chỉ nhận: ntm, advanced, model.",
        ),
        (
            'id = "bo-thu"',
            'id = "Bộ thử"',
            "Dòng 1, đầu tệp: mục “id” chỉ gồm chữ thường không dấu",
        ),
        ('id = "bo-thu"\n', "", "Đầu tệp: thiếu mục “id”."),
        ('name = "Bộ thử"', 'name = "Bộ thử', "Dòng 2, cột 15: tệp không viết đúng quy tắc TOML"),
    ],
)
def test_each_mistake_is_named_with_its_place(old, new, message):
    assert old in SMALL_SET
    assert any(found.startswith(message) for found in problems_of(SMALL_SET.replace(old, new, 1)))
