"""Many rooms on a phone: the chosen one stays in sight, and so does the way to another."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import PHONE, NewPerson
from tests.e2e.table import Person
from tests.e2e.unhurried import UnhurriedServer
from tests.live_server import Line

OTHERS = ("China", "Vietnam", "Malaysia", "Indonesia", "United States")


@pytest.mark.slow
async def test_of_many_rooms_the_chosen_one_is_in_sight(
    tmp_path: Path, new_person: NewPerson
) -> None:
    async with (
        UnhurriedServer(tmp_path) as server,
        new_person(server.url, viewport=PHONE, is_mobile=True, has_touch=True) as phone,
    ):
        match = await server.post(
            "/api/matches",
            {"scenario": "south_china_sea", "seed": "7", "is_repeatable": True},
            await server.host_token(),
        )
        ben = Person(phone, "PHL", is_phone=True)
        await ben.join(match["code"], "Ben", "Philippines")
        lead = Line(server, match["token"])
        await lead.open()
        assert (await lead.do({"type": "start_match"}))["type"] == "ack"
        await lead.close()
        await ben.show("Talk")
        rooms = phone.get_by_role("group", name="Rooms")
        for names in (*((name,) for name in OTHERS), OTHERS[:2], OTHERS[2:4]):
            await phone.get_by_role("button", name="New room").click()
            for name in names:
                await phone.get_by_role("checkbox", name=name).check()
            await phone.get_by_role("button", name="Open the room").click()
            await ben.say("Hello")
            chosen = rooms.get_by_role("button", name=" and ".join(names), pressed=True)
            await expect(chosen).to_be_in_viewport(ratio=1)
            await expect(phone.get_by_role("button", name="New room")).to_be_in_viewport(ratio=1)
            await expect(phone.locator(".talk textarea")).to_be_in_viewport(ratio=1)
        await expect(rooms.get_by_role("button", name="Everyone")).not_to_be_in_viewport()
