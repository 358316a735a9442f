"""`ntm matrix` and what is around it, on the practice district."""

from __future__ import annotations

from typing import Any

import pytest

from tests._helpers.cli import call_cli
from tests._helpers.practice import MadeDistrict


@pytest.fixture(scope="module")
def matrix(made_district: MadeDistrict) -> Any:
    return call_cli("matrix", "--json", "--home", made_district.home.path).json


def test_each_count_is_the_one_that_the_commune_itself_has(
    made_district: MadeDistrict, matrix: Any
) -> None:
    rows = {one["commune_code"]: one for one in matrix["communes"]}
    assert len(rows) + len(matrix["former"]) == 24
    for code, seen in rows.items():
        own = call_cli("status", "--json", "--home", made_district.commune(code).path).json
        for name in ("commune", "commune_code", "tier", "year", "criteria_set", "criteria"):
            assert seen[name] == own[name], (code, name)
        assert seen["indicators"] == own["indicators"], code
        assert seen["by_criterion"] == {it["number"]: it["status"] for it in own["by_criterion"]}
        if seen["held_tier"] is not None:
            assert seen["withdrawal"] == own["withdrawal"]["risk"], code


def test_a_former_commune_s_counts_are_its_own_too(
    made_district: MadeDistrict, matrix: Any
) -> None:
    assert len(matrix["former"]) == 2
    for code in matrix["former"]:
        asked = ("status", "--json", "--commune", code, "--home", made_district.home.path)
        seen, own = (
            call_cli(*asked).json,
            call_cli("status", "--json", "--home", made_district.commune(code).path).json,
        )
        assert {**seen, "changes": 0} == {**own, "changes": 0}
