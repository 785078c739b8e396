"""The page of people whom no SMS reaches, in a real Chromium: read, then a letter printed with the keyboard."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Download, Page, expect
from pypdf import PdfReader
from sqlalchemy import update

from api.beneficiaries.tables import Beneficiary
from api.core.clock import now
from api.core.database import Database
from tests import factories
from tests.channels.desk.browsing import Site, faults
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.desk.conftest import FAMILY, Team

pytestmark = pytest.mark.browser
NARROW, SMALLEST = 360, 320


async def pages(download: Download) -> int:
    return len(PdfReader(Path(await download.path())).pages)


async def overflows(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


async def test_a_letter_is_printed_with_the_keyboard_and_the_focus_stays(site: Site, ours: Team) -> None:
    page = await site.window(ours.caseworker)
    await site.show(page, "/unreached")
    await expect(page.locator("#unreached")).to_contain_text("Pas de numéro de portable")
    button = page.get_by_role("button", name=f"Imprimer la lettre : Maëlle {FAMILY}")
    async with page.expect_download() as begun:
        await button.press("Enter")
    assert await pages(await begun.value) == 1
    await expect(page.locator("#said")).to_contain_text("est enregistrée")
    await expect(button).to_be_focused()
    assert await faults(page) == []


async def test_the_whole_list_is_one_file_and_fits_a_narrow_window(site: Site, ours: Team, database: Database) -> None:
    async with database.transaction() as session:
        other = await factories.person(session, organisation_id=ours.organisation.id, last_name="Quéméneur")
        await factories.appointment(session, other, now() + timedelta(days=2))
    page = await site.window(ours.colleagues["Erwan"])
    await page.set_viewport_size({"width": SMALLEST, "height": 800})
    await site.show(page, "/unreached")
    async with page.expect_download() as begun:
        await page.get_by_role("button", name="Imprimer les 2 lettres").press("Enter")
    assert await pages(await begun.value) == 2
    assert not await overflows(page)
    await page.set_viewport_size({"width": NARROW, "height": 800})
    assert not await overflows(page)


async def test_a_refusal_is_said_and_without_anybody_there_is_no_button(
    site: Site, ours: Team, database: Database
) -> None:
    page = await site.window(ours.caseworker)
    await site.show(page, "/unreached")
    async with database.transaction() as session:
        await session.execute(update(Beneficiary).where(Beneficiary.id == ours.person).values(confidential=True))
    await page.get_by_role("button", name="Imprimer la lettre :").click()
    await expect(page.locator("#said")).to_have_text("Cette personne n'est pas dans la liste.")
    await site.show(page, "/unreached")
    await expect(page.locator("#count")).to_have_text("Nos SMS arrivent à tout le monde.")
    await expect(page.get_by_role("button", name="Imprimer")).to_have_count(0)
