from __future__ import annotations

from pathlib import Path

import pytest

from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.sync.deciding import revoke_device, trust_device
from db.sync.receiving import receive
from tests._helpers.keys import wait_until
from tests._helpers.looks import english_in, seen
from tests._helpers.modes import NARROW, SMALL, Begun, begun
from tests._helpers.stores import device, status_of
from tests.ntm_tui.screens.sync.conftest import Plugged


async def until_shown(app: Begun, words: str) -> None:
    await wait_until(lambda: words in " ".join(seen(app.app).split()))


@pytest.mark.parametrize("size", [SMALL, NARROW])
async def test_what_a_stranger_sent_is_there_with_its_reason_and_the_way_out(
    commune: Home, brought: Path, plugged: Plugged, size: tuple[int, int]
) -> None:
    with Desk.open(commune) as desk:
        receive(desk, brought)
    async with begun(commune, "sync", size) as app:
        await until_shown(app, "4 Cách ly (1)" if size == SMALL else "4 (1)")
        await app.keys.press("4")
        await until_shown(app, "Chưa ai ở đây xác nhận máy này.")
        await until_shown(app, "Gọi điện đối chiếu mã máy")
        assert not english_in(seen(app.app))
        await app.keys.press("enter")
        await until_shown(app, "► Các máy")


async def test_trying_again_says_what_counts_now_and_what_still_waits(
    commune: Home, brought: Path, plugged: Plugged
) -> None:
    with Desk.open(commune) as desk:
        receive(desk, brought)
    async with begun(commune, "sync") as app:
        await app.keys.press("4")
        await until_shown(app, "chưa tính")
        await app.keys.press("ctrl+u")
        await until_shown(app, "chưa phần nào tính được")
        assert app.app.desk is not None
        with app.app.desk.store.writing() as connection:  # as a decision made elsewhere leaves it
            connection.exec_driver_sql("UPDATE known_device SET trust = 'trusted', how = 'person'")
        await app.keys.press("ctrl+u")
        await until_shown(app, "nay được tính")
        await until_shown(app, "Không có phần nào phải để riêng")
    with Desk.read(commune) as desk:
        assert status_of(desk, "2.1") is Status.MET


async def test_where_nothing_waits_it_says_so(commune: Home, plugged: Plugged) -> None:
    async with begun(commune, "sync") as app:
        await app.keys.press("4")
        await until_shown(app, "Không có phần nào phải để riêng")
        await app.keys.press("enter", "ctrl+u")
        await until_shown(app, "Đã xét lại")


async def test_ten_thousand_entries_can_be_gone_through(commune: Home, plugged: Plugged) -> None:
    with Desk.open(commune) as desk, desk.store.writing() as connection:
        connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
            " INSERT INTO segment (hash, device, incarnation, scope, first, last, previous, data,"
            " signature, received_at, state, reason)"
            " SELECT printf('%064d', i), printf('M%05d', i), 'x', 'a/b/c', 1, 2, '', x'00', x'00',"
            " '2024-07-05T01:02:03.000Z', 'quarantined', 'untrusted' FROM n"
        )
    async with begun(commune, "sync") as app:
        await until_shown(app, "4 Cách ly (999+)")
        await app.keys.press("4")
        await until_shown(app, "Để riêng: 20.000 thay đổi chưa tính")
        await app.keys.press("end")
        await until_shown(app, "Máy M100-…")
        await app.keys.press("home")
        await until_shown(app, "Máy M000-…")


def test_a_revoked_machine_is_tried_again_after_it_is_trusted_once_more(
    commune: Home, other: Desk, tmp_path: Path
) -> None:
    from tests._helpers.stores import pass_on, set_status

    with Desk.open(commune) as desk:
        pass_on(other, desk, tmp_path / "a", trust=True)
        revoke_device(desk, device(other))
        set_status(other, "2.1", Status.MET)
        assert [it.reason for it in pass_on(other, desk, tmp_path / "b").quarantined] == ["revoked"]
        assert trust_device(desk, device(other)).counted == 2
        assert status_of(desk, "2.1") is Status.MET
    other.close()
