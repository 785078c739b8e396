"""What a page that shows the chat can read of it, and what the browser keeps: nothing that it may not."""

import json
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.channels.desk.browsing import Site
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.web.embedded import ANSWER, BUTTON, SECRET, answered, opens, remembers, tokens
from tests.channels.web.embedded import host as host
from tests.channels.web.embedded import page as page
from tests.channels.web.hosting import framed, writes
from tests.chromium import SWITCHES, executable

pytestmark = pytest.mark.browser


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
