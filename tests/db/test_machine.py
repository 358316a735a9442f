import re
import sys
from pathlib import Path

import pytest

from db import machine


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its number in the registry")
def test_a_machine_is_known_by_a_number_that_is_not_given_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = tmp_path / "machine-id"
    number.write_text("0123456789abcdef\n", encoding="ascii")
    monkeypatch.setattr(machine, "_LINUX_FILES", (tmp_path / "missing", number))
    known = machine.machine_id()
    assert re.fullmatch("[0-9a-f]{32}", known)
    assert known == machine.machine_id()
    assert "0123456789abcdef" not in known
    number.write_text("fedcba9876543210\n", encoding="ascii")
    assert machine.machine_id() != known


def test_a_machine_without_a_number_is_known_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_system_number", lambda: "")
    monkeypatch.setattr(machine.platform, "node", lambda: "may-1")
    first = machine.machine_id()
    monkeypatch.setattr(machine.platform, "node", lambda: "may-2")
    assert machine.machine_id() != first
    assert machine.machine_name() == "may-2"
    monkeypatch.setattr(machine.platform, "node", lambda: "")
    assert machine.machine_name() == "máy không tên"
