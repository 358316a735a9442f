"""Looking at the other set of a commune that holds one title and aims at a higher one."""

from __future__ import annotations

from db.desk import Desk
from db.home import Home
from db.judging import Status
from db.profile import update_profile
from ntm_tui.dialogs.choice import ChoiceDialog
from tests._helpers.keys import wait_until
from tests._helpers.looks import seen
from tests._helpers.modes import begun

NTM, ADVANCED = "xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025"


async def test_the_other_set_is_looked_at_and_written_in_without_changing_the_profile(
    founded: Home,
) -> None:
    with Desk.open(founded) as desk, desk.act() as session:
        update_profile(session, desk.commune.scope, "held_tier", "ntm")
        update_profile(session, desk.commune.scope, "tier", "advanced")
    async with begun(founded, "checklist") as at:
        assert "nâng cao" in seen(at.app).splitlines()[0]
        await at.keys.press("ctrl+p")
        await at.keys.type("xem bo khac")
        await at.settled()
        await at.keys.press("enter")
        await wait_until(lambda: isinstance(at.screen, ChoiceDialog))
        await at.keys.press("home", "enter")
        await at.settled()
        await wait_until(lambda: "xã NTM 2021-2025" in seen(at.app).splitlines()[0])
        await at.keys.press("1")
        await at.settled()
        open_desk = at.app.desk
        assert open_desk is not None and open_desk.commune.criteria_set == ADVANCED
        ntm = open_desk.checklist(open_desk.sheet(set_id=NTM))
        assert ntm.by_number["1.1"].assessment.status is Status.MET
