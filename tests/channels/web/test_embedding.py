"""In a real Chromium, the chat on a page of another site: how it opens, is left, and is read."""

import re

import pytest
from fastapi import FastAPI
from playwright.async_api import Page, expect

from api.authorities.front import Fronts
from api.authorities.tables import Authority
from tests.channels.desk.browsing import Site
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.web.embedded import ANSWER, BUTTON, answered, faults, inside, opens
from tests.channels.web.embedded import host as host
from tests.channels.web.embedded import page as page
from tests.channels.web.hosting import framed, writes

pytestmark = pytest.mark.browser


async def test_the_keyboard_opens_goes_through_and_closes(page: Page) -> None:
    button = page.get_by_role("button", name=BUTTON)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(button).to_have_attribute("aria-expanded", "true")
    await expect(framed(page).get_by_role("button", name="Fermer")).to_be_visible()
    field = framed(page).get_by_label("Votre message")
    await expect(field).to_be_focused()
    await page.keyboard.type("combien je touche")
    await page.keyboard.press("Enter")
    await answered(page)
    await page.keyboard.press("Escape")
    await expect(button).to_be_focused()
    await expect(button).to_have_attribute("aria-expanded", "false")
    await expect(page.locator("hent-chat iframe")).to_be_hidden()
    await page.keyboard.press("Enter")
    await expect(field).to_be_focused()
    await framed(page).get_by_role("button", name="Fermer").press("Enter")
    await expect(button).to_be_focused()
    # The page's own use of the key, once the chat is closed, leads nobody away.
    await page.wait_for_timeout(1000)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await page.wait_for_timeout(400)
    # Nobody is held: from the frame, the page is behind and before.
    await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_role("link", name="La suite")).to_be_focused()


async def test_what_comes_while_it_is_closed_is_counted_in_words(page: Page, app: FastAPI) -> None:
    await opens(page)
    await writes(page, "combien je touche")
    await inside(page).evaluate("speechSynthesis.cancel = () => (window.hushed = true)")
    await framed(page).get_by_role("button", name="Fermer").click()
    button = page.get_by_role("button", name=BUTTON)
    await expect(button).to_have_text("Poser une question à Hent (1 nouveau message)")
    await expect(button.locator("xpath=..")).to_have_attribute("role", "status")
    assert await inside(page).evaluate("window.hushed"), "a voice went on in a chat that was closed"
    await button.click()
    await expect(button).to_have_text("Poser une question à Hent")
    await answered(page)
    assert await inside(page).evaluate("document.getElementById('end').getBoundingClientRect().top <= innerHeight + 80")


@pytest.mark.parametrize("way", ["button", "keys"])
async def test_leaving_quickly_takes_the_whole_page_away(page: Page, way: str) -> None:
    await page.route("https://www.meteofrance.com/**", lambda route: route.fulfill(body="la pluie"))
    await opens(page)
    await writes(page, "il me frappe")
    if way == "button":
        await framed(page).get_by_role("button", name="Quitter vite").click()
    else:
        await page.keyboard.press("Escape")
        await page.keyboard.press("Escape")
    await page.wait_for_url("https://www.meteofrance.com/**")
    await page.go_back()
    assert await page.locator("hent-chat iframe").count() == 0


async def test_in_a_plain_frame_the_chat_works_and_leads_away_by_itself(page: Page, host: str) -> None:
    await page.route("https://www.meteofrance.com/**", lambda route: route.fulfill(body="la pluie"))
    await page.goto(f"{host}/plain")
    chat = page.frame_locator("iframe")
    await expect(chat.get_by_role("button", name="Fermer")).to_be_hidden()
    await chat.get_by_label("Votre message").fill("combien je touche")
    await page.keyboard.press("Enter")
    await expect(chat.locator("#messages > li[data-author=assistant]")).to_contain_text(ANSWER)
    await chat.get_by_role("button", name="Quitter vite").click()
    await page.wait_for_url("https://www.meteofrance.com/**")


@pytest.mark.parametrize(("width", "height", "whole"), [(360, 640, True), (1280, 400, True), (1280, 800, False)])
async def test_a_small_window_is_filled_and_nothing_needs_a_horizontal_scroll(
    page: Page, width: int, height: int, *, whole: bool
) -> None:
    await page.set_viewport_size({"width": width, "height": height})
    await opens(page)
    box = await page.locator("hent-chat iframe").bounding_box()
    assert box
    assert (box["width"] >= width - 2) is whole
    round_corners = await page.get_by_role("dialog").evaluate("(panel) => getComputedStyle(panel).borderRadius")
    assert (round_corners == "0px") is whole
    left: int = await page.get_by_role("dialog").evaluate("(panel) => panel.scrollHeight - panel.clientHeight")
    assert left == 0, "the frame could be scrolled inside its panel"
    assert box["y"] >= 0
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    assert await inside(page).evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_where_the_chat_cannot_be_shown_there_is_a_number_and_another_page(page: Page, app: FastAPI) -> None:
    """The page's site was taken off the list: the browser refuses the frame, and says so to nobody."""
    app.state.fronts = Fronts()
    async with app.state.database.transaction() as session:
        (await session.get_one(Authority, "cd29")).sites = ["https://www.finistere.example"]
    await page.clock.install()
    await page.reload()
    await page.get_by_role("button", name=BUTTON).click()
    await page.clock.fast_forward(10_100)
    panel = page.get_by_role("dialog")
    await expect(panel.get_by_role("link", name="02 61 91 29 00")).to_have_attribute("href", "tel:0261912900")
    await expect(panel.get_by_role("link", name="autre page")).to_have_attribute("href", re.compile("/chez/cd29$"))
    await panel.get_by_role("button", name="Fermer").click()
    await expect(panel).to_be_hidden()
    await expect(page.get_by_role("button", name=BUTTON)).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
async def test_axe_finds_nothing_around_the_frame_or_in_it(page: Page, width: int, scheme: str) -> None:
    await page.set_viewport_size({"width": width, "height": 700})
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert await faults(page) == []
    await opens(page)
    await writes(page, "combien je touche")
    await answered(page)
    assert await faults(page) == []
    assert await faults(inside(page)) == []


async def test_an_authority_s_own_page_holds_the_same_chat(page: Page, site: Site) -> None:
    await page.goto(f"{site.url}/chez/cd29")
    await page.locator("summary").click()
    await expect(page.get_by_text("1 place des Ajoncs")).to_be_visible()
    assert await faults(page) == []
    await page.get_by_label("Votre message").fill("combien je touche")
    await page.keyboard.press("Enter")
    await expect(page.locator("#messages > li[data-author=assistant]")).to_contain_text(ANSWER)
