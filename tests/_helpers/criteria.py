"""A small criteria set as TOML, and what the loader says about its mistakes."""

import pytest

from db.criteria.loader import CriteriaProblem, load

SMALL_SET = """\
id = "bo-thu"
name = "Bộ thử"
short_name = "Thử"
tier = "ntm"
document = "QĐ thử"
years = [2021, 2025]

[[evidence_kind]]
id = "van-ban"
name = "Văn bản"

[expected_evidence]
source = "suggested"
pct_ge = ["van-ban"]

[[group]]
number = "I"
name = "Nhóm"
source = "unconfirmed"
criteria = ["1"]

[[criterion]]
number = "1"
name = "Tiêu chí"

[[criterion.indicator]]
number = "1.1"
name = "Tỷ lệ hộ"
kind = "pct_ge"
value = 70
unit = "%"
name_source = "documented"
threshold_source = "documented"

[[criterion.indicator]]
number = "1.2"
name = "Có quy hoạch"
kind = "dat"
name_source = "unconfirmed"
threshold_source = "unconfirmed"
"""


def problems_of(text: str) -> list[str]:
    with pytest.raises(CriteriaProblem) as found:
        load(text.encode())
    return list(found.value.problems)
