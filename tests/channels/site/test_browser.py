"""The site in a real Chromium, with the chat and the telephone in their frames."""

import re

import pytest
from playwright.async_api import FrameLocator, Page, expect

from api.conversations.tables import Author, MessageStatus
from api.core.database import Database
from api.privacy.audience import Channel
from channels.site.pages import PAGES
from tests import factories
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import faults, settled
from tests.channels.site.conftest import Pair

pytestmark = pytest.mark.browser

WIDTHS = [320, 360, 768, 1280]
LOOKS = [(360, "dark"), (1280, "light")]


async def visit(pair: Pair, path: str = "/") -> Page:
    page = await pair.site.window()
    await pair.site.show(page, path)
    return page


def telephone(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.telephone")


@pytest.mark.parametrize("path", [*PAGES, "/absent"])
async def test_axe_finds_nothing_and_nothing_is_cut_off(path: str, pair: Pair) -> None:
    page = await visit(pair, path)
    assert await faults(page, LOOKS) == []
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 740})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_the_chat_opens_in_its_frame_and_axe_finds_nothing(pair: Pair) -> None:
    page = await visit(pair)
    await page.get_by_role("button", name="Poser une question à Hent").click()
    field = page.frame_locator("iframe[title=Conversation]").get_by_label("Votre message")
    await expect(field).to_be_visible()
    await settled(page)
    assert await faults(page, LOOKS) == []


async def test_axe_finds_nothing_on_the_telephone_either(pair: Pair, database: Database) -> None:
    """By itself: axe does not look into a frame of another origin."""
    async with database.transaction() as session:
        talk = await factories.conversation(session, channel=Channel.sms, phone="+33639983001", sender="38999")
        await factories.said(session, talk, Author.person, "c ou mon rdv", MessageStatus.received)
    page = await pair.chat.window()
    await pair.chat.show(page, "/demo/telephone")
    await page.get_by_label("Numéro de ce téléphone").fill("06 39 98 30 01")
    await page.get_by_role("button", name="Utiliser", exact=True).click()
    await expect(page.locator("#phone-messages > li")).to_have_count(1)
    assert await faults(page, LOOKS) == []


async def test_whoever_has_no_javascript_finds_hent_on_its_own_page(pair: Pair) -> None:
    page = await visit(pair)
    await page.get_by_role("link", name="Ouvrir Hent sur sa propre page").click()
    await expect(page).to_have_title(re.compile("Département du Finistère"))


async def test_a_sentence_is_copied_and_said_to_be(pair: Pair) -> None:
    page = await visit(pair)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copier : plutôt à Quimper").click()
    await expect(page.locator("#copied")).to_have_text("Copié : plutôt à Quimper")
    assert await page.evaluate("navigator.clipboard.readText()") == "plutôt à Quimper"


async def test_without_a_clipboard_a_sentence_is_copied_all_the_same(pair: Pair) -> None:
    page = await pair.site.window()
    await page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    await pair.site.show(page)
    button = page.locator(".try", has_text="plutôt à Quimper").get_by_role("button")
    await button.click()
    await expect(button).to_have_text(re.compile("Copié"))
    await expect(button).to_be_focused()


async def test_the_telephone_keeps_its_number_from_page_to_page(pair: Pair) -> None:
    page = await visit(pair)
    await telephone(page).get_by_label("Numéro de ce téléphone").fill("06 39 98 30 01")
    await telephone(page).get_by_role("button", name="Utiliser", exact=True).click()
    await expect(telephone(page).locator("#phone-status")).to_have_text("Ce téléphone est le 06 39 98 30 01.")
    await page.get_by_role("link", name="Actualités", exact=True).click()
    await expect(telephone(page).locator("#phone-status")).to_have_text("Ce téléphone est le 06 39 98 30 01.")
    assert await page.evaluate("sessionStorage.length + localStorage.length") == 0
