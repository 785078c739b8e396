"""SMS that did not arrive, on the page of people in a real Chromium: read, then sent again with the keyboard."""

import pytest
from playwright.async_api import expect

from api.beneficiaries.tables import Beneficiary
from api.conversations.outbox import SENDER
from api.conversations.silence import silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
from api.core.database import Database
from tests.channels.desk.browsing import Site, faults
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.desk.conftest import FAMILY, PHONE, Team

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
async def followed(ours: Team, database: Database) -> None:
    """Our caseworker follows whom the SMS was for; a reminder was lost too."""
    async with database.transaction() as session:
        person = await session.get_one(Beneficiary, ours.person)
        person.caseworker_id, person.phone = ours.caseworker.id, PHONE
        reminder = OutgoingSms(phone=PHONE, sender=SENDER, kind=SmsKind.reminder, text="Rappel", status=SmsStatus.dead)
        session.add(reminder)


async def status(database: Database, ours: Team) -> SmsStatus:
    async with database.transaction() as session:
        return (await session.get_one(OutgoingSms, ours.sms)).status


async def test_it_is_sent_again_with_the_keyboard_and_the_focus_stays(
    site: Site, ours: Team, database: Database
) -> None:
    page = await site.window(ours.caseworker)
    await site.show(page, "/people")
    lost = page.get_by_role("region", name="SMS non remis")
    await expect(lost.get_by_role("rowheader")).to_contain_text([FAMILY, FAMILY])
    await expect(lost.get_by_role("row", name="Rappel")).to_contain_text("Appelez la personne.")
    assert await faults(page) == []
    again = lost.get_by_role("button", name="Renvoyer")
    await again.press("Enter")
    await expect(lost.get_by_role("status")).to_contain_text("Le SMS repart")
    await expect(lost.get_by_role("button", name="Renvoyé")).to_be_focused()
    assert await status(database, ours) is SmsStatus.queued
    assert await faults(page) == []


async def test_a_refusal_is_said_in_the_words_of_the_server(site: Site, ours: Team, database: Database) -> None:
    page = await site.window(ours.caseworker)
    await site.show(page, "/people")
    lost = page.get_by_role("region", name="SMS non remis")
    again = lost.get_by_role("button", name="Renvoyer")
    await expect(again).to_be_visible()
    # The person writes STOP while the page is open.
    async with database.transaction() as session:
        await silence(session, PHONE, Silence.stop)
    await again.press("Enter")
    await expect(lost.get_by_role("status")).to_contain_text("ne veut plus de SMS")
    await expect(lost.get_by_role("button", name="Refusé")).to_be_focused()
    assert await status(database, ours) is SmsStatus.dead
    assert await faults(page) == []


async def test_the_focus_comes_back_from_the_person_to_the_name_that_opened_it(site: Site, ours: Team) -> None:
    page = await site.window(ours.caseworker)
    await site.show(page, "/people")
    lost = page.get_by_role("region", name="SMS non remis")
    name = lost.get_by_role("rowheader").last.get_by_role("button")
    await name.press("Enter")
    await expect(page.get_by_role("heading", name=FAMILY)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(name).to_be_focused()


async def test_where_nothing_was_lost_there_is_no_section(site: Site, ours: Team) -> None:
    page = await site.window(ours.colleagues["Ronan"])
    await site.show(page, "/people")
    await expect(page.get_by_role("heading", name="SMS non remis")).to_have_count(0)
