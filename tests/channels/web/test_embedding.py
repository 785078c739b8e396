"""In a real Chromium, the chat on a page of another site, where cookies of third parties are blocked."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from fastapi import FastAPI
from playwright.async_api import Browser, Frame, Page, async_playwright, expect

from api.authorities.front import Fronts
from api.authorities.tables import Authority
from api.conversations.turn import Tools
from api.core.background import background
from tests.channels.desk.browsing import Site, served
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.web.hosting import by_name, framed, host_app, work, writes
from tests.chromium import SWITCHES, executable
from tests.scripted_rasa import ScriptedRasa, says

pytestmark = pytest.mark.browser

SECRET = "mon secret est 4242"
ANSWER = "651,69"
BUTTON = re.compile("Poser une question à Hent")


@pytest_asyncio.fixture
async def host(app: FastAPI, site: Site, chromium: Browser, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The address of a page that shows the chat, with a worker behind it; hostile if the test says so."""
    tools = Tools(
        app.state.database, app.state.sealer, ScriptedRasa(lambda _: says("rsa_amount", "rsa_amount")).client()
    )
    hostile = bool(getattr(request, "param", False))
    async with background(work(tools)), served(host_app(site.url, hostile=hostile), chromium) as other:
        address = by_name(other.url)
        async with app.state.database.transaction() as session:
            (await session.get_one(Authority, "cd29")).sites = [address]
        yield address


@pytest_asyncio.fixture
async def page(host: str, chromium: Browser) -> AsyncIterator[Page]:
    """A window on that page: of a context of its own, where this browser blocks what third parties would keep."""
    async with await chromium.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800}) as context:
        page = await context.new_page()
        await page.goto(host)
        yield page


async def opens(page: Page) -> None:
    await page.get_by_role("button", name=BUTTON).click()
    await expect(framed(page).get_by_label("Votre message")).to_be_visible()


async def answered(page: Page, count: int = 1) -> None:
    await expect(framed(page).locator("#messages > li[data-author=assistant]")).to_have_count(count)
    await expect(framed(page).locator("#messages > li").last).to_contain_text(ANSWER)


def tokens(page: Page) -> list[str]:
    """What opens the conversation, as the browser sends it from now on."""
    seen: list[str] = []
    page.on("request", lambda asked: seen.extend(re.findall(r"Bearer (\S+)", asked.headers.get("authorization", ""))))
    return seen


def inside(page: Page) -> Frame:
    """The document of the chat's frame."""
    return next(frame for frame in page.frames if "/embed/" in frame.url)


async def faults(where: Page | Frame) -> list[str]:
    """What axe finds wrong, by the names of its rules."""
    return [rule["id"] for rule in (await Axe().run(where)).response["violations"]]


async def remembers(page: Page) -> bool:
    """Whether the frame is given something to remember by."""
    return bool(
        await inside(page).evaluate("() => { try { return Boolean(sessionStorage) } catch (refused) { return false } }")
    )


@pytest.mark.parametrize("host", [True], indirect=True)
async def test_a_hostile_page_gets_neither_text_nor_token(page: Page, site: Site) -> None:
    seen = tokens(page)
    await opens(page)
    await page.evaluate("window.attackOnce()")
    await page.evaluate("window.attack()")
    await writes(page, SECRET)
    await answered(page)
    await page.evaluate("window.attack()")
    await writes(page, "merci")
    await answered(page, 2)
    await page.wait_for_timeout(500)
    await page.evaluate("window.attack()")
    assert not await remembers(page), "third parties are not blocked here: this shows nothing"
    stolen = "\n".join(await page.evaluate("window.loot()"))
    assert await page.evaluate("window.tried") > 100
    assert "ready" in stolen.split("\n"), "the script heard what passes"
    assert len(set(seen)) == 1
    for kept in (SECRET, "4242", ANSWER, "merci", "machine", *seen):
        assert kept not in stolen
    assert page.url.startswith("http://localhost"), "a forged word led the page away"


async def test_the_same_script_on_the_chat_s_own_page_would_get_both(host: str, site: Site, chromium: Browser) -> None:
    """What keeps it out is the frame, and not its clumsiness."""
    async with await chromium.new_context() as context:
        page = await context.new_page()
        await page.add_init_script(path=Path(__file__).parent / "hostile.js")
        seen = tokens(page)
        await page.goto(f"{site.url}/static/index.html")
        await page.get_by_label("Votre message").fill(SECRET)
        await page.get_by_role("button", name="Envoyer", exact=True).click()
        await expect(page.locator("#messages > li[data-author=assistant]")).to_contain_text(ANSWER)
        stolen = "\n".join(await page.evaluate("window.loot()"))
        assert SECRET in stolen
        assert ANSWER in stolen
        assert seen[0] in stolen


async def test_nothing_is_asked_or_kept_before_the_button_is_pressed(host: str, site: Site, chromium: Browser) -> None:
    async with await chromium.new_context() as context:
        page = await context.new_page()
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        await page.goto(host)
        await page.get_by_role("button", name=BUTTON).focus()
        assert [url for url in asked if url.startswith(site.url)] == [f"{site.url}/embed.js"]
        assert await page.evaluate("sessionStorage.length + localStorage.length + document.cookie.length") == 0
        await opens(page)
        await page.wait_for_timeout(300)
        assert len([url for url in asked if url.startswith(site.url)]) <= 7
        assert await context.cookies() == []
        assert await page.evaluate("sessionStorage.length + localStorage.length") == 0


async def test_what_the_browser_will_not_keep_is_said_and_a_reload_begins_anew(page: Page) -> None:
    await opens(page)
    await expect(framed(page).locator(".welcome")).to_contain_text("la conversation est perdue")
    await writes(page, "combien je touche")
    await answered(page)
    await page.reload()
    await opens(page)
    await expect(framed(page).locator("#messages > li")).to_have_count(0)
    await writes(page, "combien je touche")
    await answered(page)


async def test_where_the_browser_keeps_it_a_reload_finds_the_conversation_again(host: str, tmp_path: Path) -> None:
    """Chrome as it was sold to most, which lets third parties keep what they want."""
    (tmp_path / "Default").mkdir()
    allowed = {"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(allowed))
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            str(tmp_path), executable_path=executable(), args=SWITCHES
        )
        page = await context.new_page()
        await page.goto(host)
        await opens(page)
        assert await remembers(page)
        await expect(framed(page).locator(".welcome")).not_to_contain_text("perdue")
        await writes(page, "combien je touche")
        await answered(page)
        await page.reload()
        await opens(page)
        await answered(page)
        await context.close()


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
