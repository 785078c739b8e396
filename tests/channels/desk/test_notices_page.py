"""Notices in a real Chromium: what is refused is said beside the button, and all goes with the keyboard alone."""

import pytest
from playwright.async_api import Page, expect

from api.core.clock import today
from tests.channels.desk.browsing import Site, faults
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.desk.conftest import NOTICE, Team

pytestmark = pytest.mark.browser

TEXT = "Nos bureaux sont fermés. Appelez le 02 61 91 00 01."
WIDTHS = (360, 768, 1280)


async def overflows(page: Page) -> list[int]:
    """The widths at which the page would have to be moved sideways."""
    found = []
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 800})
        if await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(width)
    return found


async def test_a_notice_is_refused_told_and_taken_back_with_the_keyboard(site: Site, ours: Team) -> None:
    page = await site.window(ours.colleagues["Aziliz"])
    await site.show(page, "/notices")
    publish = page.get_by_role("button", name="Publier", exact=True)
    text = page.get_by_label("Ce que les personnes lisent")
    await publish.press("Enter")
    await expect(text).to_be_focused()
    await page.keyboard.type("Nos bureaux sont fermés.")
    for label in ("Premier jour", "Dernier jour"):
        # Typed in the order of the browser's own language: Chromium's, whatever the page's is.
        await page.get_by_label(label).fill(str(today()))
    await publish.press("Enter")
    await expect(page.locator("#refused")).to_have_text("Donnez un numéro à appeler.")
    await expect(text).to_be_focused()
    assert await text.get_attribute("aria-invalid") == "true"
    found = {"refused": await faults(page), "narrow": [str(width) for width in await overflows(page)]}
    await page.keyboard.press("Control+A")
    await page.keyboard.type(TEXT)
    await publish.press("Enter")
    await expect(page.locator("#done")).to_have_text("L’annonce est publiée.")
    await expect(page.locator("#notices li")).to_have_count(2)
    await expect(page.locator("#list-title")).to_be_focused()
    await expect(text).to_have_value("")
    await page.get_by_role("button", name="Retirer : Panne").press("Enter")
    await expect(page.get_by_role("dialog")).to_contain_text(TEXT)
    found["asked"] = await faults(page)
    await page.get_by_role("dialog").get_by_role("button", name="Retirer").press("Enter")
    await expect(page.locator("#notices")).not_to_contain_text(TEXT)
    await expect(page.locator("#notices")).to_contain_text(NOTICE)
    await expect(page.locator("#list-title")).to_be_focused()
    assert {where: what for where, what in found.items() if what} == {}
