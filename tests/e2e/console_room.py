"""Who is in the room when a console is led by keyboard: the facilitator's hands, and the guests."""

import re
from dataclasses import dataclass

from playwright.async_api import expect

from tests.e2e.classroom import PATIENCE_MS, Student
from tests.e2e.hands import Hands


@dataclass(eq=False)
class Guest:
    """Somebody who plays, and what their own screen says."""

    student: Student
    hands: Hands
    country: str = ""

    async def come(self, code: str) -> None:
        """Come in before the matches are made."""
        await self.hands.listen()
        await self.student.wait(code)


@dataclass
class Room:
    """The facilitator's keyboard, and everybody else.

    Two a match: one that bots have to themselves is played to its end at once.
    """

    lead: Hands
    ada: Guest
    ben: Guest
    chen: Guest
    dan: Guest
    code: str = ""

    @property
    def guests(self) -> tuple[Guest, ...]:
        """Those who play."""
        return self.ada, self.ben, self.chen, self.dan

    async def match_of(self, guest: Guest) -> int:
        """In which match somebody is."""
        bearer = self.lead.page.locator("bdi").filter(
            has_text=re.compile(f"^{guest.student.name}$")
        )
        panel = self.lead.page.locator("[data-match]").filter(has=bearer)
        await expect(panel).to_have_count(1, timeout=PATIENCE_MS)
        return int(await panel.get_attribute("data-match", timeout=PATIENCE_MS) or 0)

    async def does(self, act: str, *, said: str, told: str, to: tuple[Guest, ...]) -> None:
        """Press one key; hear what was done, and let those it concerns hear it."""
        mark, marks = await self.lead.mark(), [await x.hands.mark() for x in to]
        await self.lead.key(act)
        await self.lead.hears(said, mark)
        await self.lead.sits()
        for guest, since in zip(to, marks, strict=True):
            await guest.hands.hears(told, since)
