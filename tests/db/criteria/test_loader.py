import hashlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import db.criteria
from db.criteria.loader import CriteriaProblem, check, load
from tests._helpers.criteria import SMALL_SET, problems_of

SHIPPED = (Path(db.criteria.__file__).parent / "xa-ntm-2021-2025.toml").read_bytes()


def test_a_correct_file_loads_and_is_identified_by_its_bytes():
    criteria_set = load(SMALL_SET.encode())
    assert criteria_set.hash == hashlib.sha256(SMALL_SET.encode()).hexdigest()
    assert criteria_set.indicator("1.1").evidence == ("van-ban",)
    assert criteria_set.indicator("1.2").evidence == ()
    assert criteria_set.indicator("1.1").replaces == "1.1"


def test_a_file_saved_by_notepad_with_a_byte_order_mark_loads_too():
    assert load(b"\xef\xbb\xbf" + SMALL_SET.encode()).id == "bo-thu"


def test_evidence_named_by_an_indicator_takes_the_place_of_the_suggestion():
    named = SMALL_SET.replace('kind = "dat"', 'kind = "dat"\nevidence = ["van-ban"]')
    assert load(named.encode()).indicator("1.2").evidence == ("van-ban",)


def test_all_mistakes_are_told_at_once():
    wrong = SMALL_SET.replace('tier = "ntm"', 'tier = "x"').replace("value = 70", "value = 700")
    wrong = wrong.replace('kind = "dat"', 'kind = "dat"\nlevel = "A"')
    assert len(problems_of(wrong)) == 3


def test_a_set_without_criteria_is_refused():
    empty = SMALL_SET[: SMALL_SET.index("[[criterion]]")].replace(
        'criteria = ["1"]', "criteria = []"
    )
    assert "Đầu tệp: thiếu mục “criterion”." in problems_of(empty)


def test_a_file_in_another_encoding_is_named_as_such(tmp_path):
    path = tmp_path / "bo.toml"
    path.write_bytes('id = "a"\nname = "Bộ'.encode("utf-16"))
    assert check(path) == [
        "Dòng 1: tệp không phải là chữ UTF-8. Hãy lưu lại tệp với bảng mã UTF-8."
    ]


def test_a_missing_file_is_said_to_be_unreadable(tmp_path):
    assert "Không đọc được tệp" in check(tmp_path / "không-có.toml")[0]


def survives(raw: bytes) -> None:
    try:
        load(raw)
    except CriteriaProblem as found:
        assert found.problems
        assert all(problem.endswith(".") for problem in found.problems)


LINES = SHIPPED.splitlines(keepends=True)[:160]


@given(st.data())
def test_a_file_with_lines_lost_doubled_or_swapped_is_reported_never_a_crash(data):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        other = data.draw(st.integers(0, len(lines) - 1))
        edits = {
            "drop": [],
            "double": [lines[at]] * 2,
            "swap": [lines[other]],
        }
        lines[at : at + 1] = edits[data.draw(st.sampled_from(sorted(edits)))]
    survives(b"".join(lines))


VALUES = st.sampled_from(
    [
        "1",
        "-1",
        "nan",
        "inf",
        "1e400",
        "true",
        '""',
        '"x"',
        "[]",
        "[1]",
        '["x"]',
        "{}",
        "{ a = 1 }",
        "2024-01-01",
        "[[1]]",
        "[{}]",
        "9" * 5000,
        "[" * 2000 + "]" * 2000,
    ]
)


@given(st.integers(0, SMALL_SET.count("\n") - 1), VALUES)
def test_a_field_of_any_other_type_is_reported_never_a_crash(at, value):
    lines = SMALL_SET.splitlines()
    name, equals, _ = lines[at].partition("=")
    if equals:
        lines[at] = f"{name}= {value}"
    survives("\n".join(lines).encode())


@given(st.binary(max_size=80))
def test_any_bytes_are_reported_never_a_crash(raw):
    survives(raw)
