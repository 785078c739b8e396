"""The team's page in a real Chromium: what SMS cost stands there, and the page is no wider than its window."""

import pytest
from playwright.async_api import expect

from api.conversations.costs import count
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.core.database import Database
from tests.channels.desk.browsing import Site, faults
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.desk.conftest import PHONE, SAID, Team

pytestmark = pytest.mark.browser


async def test_a_supervisor_reads_what_sms_cost_on_a_narrow_window(site: Site, ours: Team, database: Database) -> None:
    async with database.transaction() as session:
        row = OutgoingSms(phone=PHONE, sender="Hent", kind=SmsKind.reply, text=SAID, status=SmsStatus.sent)
        row.authority_code, row.segments, row.price = "cd29", 2, 90
        session.add(row)
        await session.flush()
        await count(session, [row])
    page = await site.window(ours.colleagues["Erwan"])
    await page.set_viewport_size({"width": 360, "height": 800})
    await site.show(page, "/team")
    await expect(page.locator("#sms-months tr")).to_have_count(1)
    await expect(page.locator("#sms-months")).to_contain_text("0,09")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(wide) == 0
    assert await faults(page) == []
