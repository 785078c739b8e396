"""How the chat is read aloud and gone through without a mouse: a test for each rule of BotFramework-WebChat and Carbon.

What RGAA asks besides is in test_accessible.py.
"""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.async_api import Page, expect
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.speaking import say
from api.conversations.tables import Author, Conversation
from api.texts.service import Spoken
from tests.channels.web.chatting import chromium as chromium
from tests.channels.web.chatting import page as page
from tests.channels.web.chatting import rasa as rasa
from tests.channels.web.chatting import site as site
from tests.channels.web.chatting import the_only, write

pytestmark = pytest.mark.browser

ROWS = "#messages > li"
LIVE = """() => [...document.querySelectorAll("[aria-live], [role=status], [role=alert]")]
  .filter((one) => one.closest("[hidden]") === null)
  .map((one) => [one.id, one.getAttribute("role") || one.getAttribute("aria-live")])"""
WATCH = """() => { window.lines = [];
  const added = (node) => window.lines.push({ text: node.textContent, markup: node.innerHTML, node, came: Date.now() });
  const removed = (node) => (window.lines.find((line) => line.node === node).left = Date.now());
  new MutationObserver((changes) => changes.forEach(({ addedNodes, removedNodes }) => {
    addedNodes.forEach(added);
    removedNodes.forEach(removed);
  })).observe(document.getElementById("announcements"), { childList: true }); }"""
LINES = "() => window.lines.map(({ text, markup, came, left }) => ({ text, markup, lasted: left ? left - came : 0 }))"


async def heard(page: Page, many: int = 1) -> list[dict[str, Any]]:
    """What was read aloud since WATCH: so many lines, once all of them have left the region again."""
    async with asyncio.timeout(20):
        while len(lines := await page.evaluate(LINES)) < many or not all(line["lasted"] for line in lines):
            await page.wait_for_timeout(100)
    return list(lines)


async def say_all(app: FastAPI, *texts: str) -> None:
    """A caseworker says all of this at once."""

    async def speak(session: AsyncSession, conversation: Conversation) -> None:
        for text in texts:
            await say(session, conversation, Author.caseworker, Spoken(text, (), ()))

    await the_only(app, speak)


@pytest.fixture
async def talk(page: Page) -> Page:
    """A conversation with an answer in it, which was read aloud."""
    await write(page, "combien je touche")
    await expect(page.locator(ROWS)).to_have_count(2)
    await page.wait_for_timeout(1500)
    await page.evaluate(WATCH)
    return page


async def test_only_what_is_new_is_read_and_each_line_leaves_after_a_second(talk: Page, app: FastAPI) -> None:
    """Sooner, and TalkBack loses it; kept, and some readers read it again with the next."""
    await say_all(app, "Bonjour, je regarde.")
    (line,) = await heard(talk)
    assert line["text"] == "Conseiller : Bonjour, je regarde."
    assert 900 < line["lasted"] < 3000
    await say_all(app, "Voilà.")
    await expect(talk.locator(ROWS)).to_have_count(4)
    assert [line["text"] for line in await heard(talk, 2)][1:] == ["Conseiller : Voilà."]


async def test_what_comes_together_is_read_in_the_order_of_the_thread(talk: Page, app: FastAPI) -> None:
    texts = ["Un.", "Deux.", "Trois.", "Quatre."]
    await say_all(app, *texts)
    assert [line["text"] for line in await heard(talk, 4)] == [f"Conseiller : {text}" for text in texts]
    assert (await talk.locator(f"{ROWS} .text").all_inner_texts())[2:] == texts


async def test_who_speaks_and_what_they_say_is_read_and_no_mark_of_layout(talk: Page, app: FastAPI) -> None:
    await say_all(app, "Appelez le 3949 <b>vite</b>.")
    (line,) = await heard(talk)
    assert line["text"] == "Conseiller : Appelez le 3949 <b>vite</b>."
    assert "<b>" not in line["markup"]


async def test_a_reload_reads_nothing_again(talk: Page, app: FastAPI) -> None:
    await say_all(app, "Bonjour, je regarde.")
    await talk.reload()
    await talk.evaluate(WATCH)
    await expect(talk.locator(ROWS)).to_have_count(3)
    await talk.wait_for_timeout(800)
    assert await talk.evaluate(LINES) == []


async def test_regions_are_there_from_the_beginning_and_only_trouble_interrupts(page: Page) -> None:
    """A region that comes with its text is not always read; one that interrupts cuts whoever is being read to."""
    regions = dict(await page.evaluate(LIVE))
    assert regions.pop("notice") == "alert"
    assert {"announcements", "link", "mode"} <= set(regions)
    assert set(regions.values()) <= {"status", "polite"}


async def test_new_messages_are_one_step_back_from_the_field(talk: Page, app: FastAPI) -> None:
    await talk.set_viewport_size({"width": 360, "height": 500})
    await talk.evaluate("scrollTo(0, 0)")
    await say_all(app, "Bonjour, je regarde.")
    await expect(talk.locator("#new-messages")).to_be_visible()
    await talk.locator("#field").focus()
    await talk.evaluate("scrollTo(0, 0)")
    for _ in range(3):
        await talk.keyboard.press("Shift+Tab")
        if await talk.evaluate("document.activeElement.id") == "new-messages":
            break
    await expect(talk.locator("#new-messages")).to_be_focused()
    await talk.keyboard.press("Enter")
    await expect(talk.get_by_text("Bonjour, je regarde.")).to_be_in_viewport()
    await expect(talk.locator("#new-messages")).to_be_hidden()
    # Where reading goes on, and not back to the beginning of the page with a button that is gone.
    await expect(talk.locator(ROWS).last).to_be_focused()


async def test_pages_are_turned_from_an_empty_field_and_not_from_a_text(talk: Page, app: FastAPI) -> None:
    await say_all(app, *(f"Une longue réponse, partie {nth}. " * 6 for nth in range(5)))
    await expect(talk.locator(ROWS)).to_have_count(7)
    field = talk.locator("#field")
    await field.focus()
    await talk.evaluate("scrollTo(0, document.body.scrollHeight)")
    end = await talk.evaluate("scrollY")
    await field.press("PageUp")
    await talk.wait_for_timeout(500)
    assert await talk.evaluate("scrollY") < end - 100
    await expect(field).to_be_focused()
    await field.fill("une\ndeux\ntrois")
    await talk.evaluate("scrollTo(0, document.body.scrollHeight)")
    await field.press("PageUp")
    await talk.wait_for_timeout(500)
    assert await talk.evaluate("scrollY") > end - 100
