"""In a real Chromium: whatever was missed, a page shows what the server holds, in its order, each message once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import psutil
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from sqlalchemy import select

from api.conversations.service import locked
from api.conversations.speaking import say
from api.conversations.tables import Author, Conversation
from api.conversations.turn import Tools
from api.core.background import background
from api.core.database import Database, notify
from api.core.settings import Settings
from api.texts.service import Spoken
from tests import factories
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.web.browsers import House, house
from tests.channels.web.hosting import work
from tests.scripted_rasa import ScriptedRasa, says

pytestmark = pytest.mark.browser

TRAIN = 10.0
"""Seconds without a network in the middle of a sentence."""
WITHIN = 30_000.0
"""Milliseconds until the page has caught up, on a machine that does much else: it tries again after 30 s at most."""
ANNOUNCED = 1500
"""Milliseconds until what arrived has been read aloud, and taken out again."""
ROWS = """() => [...document.querySelectorAll("#messages > li")]
  .map((row) => [Number(row.dataset.seq), row.dataset.author, row.querySelector(".text").textContent])"""
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


@pytest_asyncio.fixture
async def place(settings: Settings, database: Database) -> AsyncIterator[House]:
    """A server, behind a line that can be cut, and a worker that outlives it."""
    async with database.transaction() as session:
        await factories.authority(session)
    async with house(settings) as running:
        rasa = ScriptedRasa(lambda _: says("rsa_amount", "rsa_amount"))
        async with background(work(Tools(database, running.app.state.sealer, rasa.client()))):
            yield running


@pytest_asyncio.fixture
async def page(place: House, chromium: Browser) -> AsyncIterator[Page]:
    """A conversation with its first answer."""
    base = f"http://127.0.0.1:{place.line.port}"
    async with await chromium.new_context(base_url=base, locale="fr-FR") as context:
        page = await context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        await page.goto("/static/index.html")
        await write(page, "combien je touche")
        await expect(page.locator("#messages > li")).to_have_count(2, timeout=WITHIN)
        yield page
        assert wrong == []


async def write(page: Page, text: str) -> None:
    await page.get_by_label("Votre message").fill(text)
    await page.get_by_role("button", name="Envoyer", exact=True).click()


async def speak(database: Database, many: int) -> None:
    """So many messages of a caseworker, one transaction each, as they come."""
    for _ in range(many):
        async with database.transaction() as session:
            row = await locked(session, (await session.scalars(select(Conversation.id))).one())
            await say(session, row, Author.caseworker, Spoken(f"Message {row.last_seq + 1}", (), ()))
            await notify(session, f"out:{row.id}")


async def as_held(page: Page, place: House, least: int) -> None:
    """The page shows the server's transcript, which has come to `least` messages."""
    token = await page.evaluate("JSON.parse(sessionStorage['hent.token'])")
    held = (await place.transcript(token))["messages"]
    assert len(held) >= least
    await expect(page.locator("#messages > li:not([data-pending])")).to_have_count(len(held), timeout=WITHIN)
    await expect(page.locator("[data-pending]")).to_have_count(0, timeout=WITHIN)
    shown = [(seq, author, text.translate(SPACES)) for seq, author, text in await page.evaluate(ROWS)]
    assert shown == [(row["seq"], row["author"], row["text"].translate(SPACES)) for row in held]


async def answered(page: Page, text: str) -> None:
    """What was written has left, and the last word is the assistant's."""
    await expect(page.locator("[data-pending]")).to_have_count(0, timeout=WITHIN)
    await expect(page.locator("#messages > li[data-author=person]").last).to_contain_text(text, timeout=WITHIN)
    await expect(page.locator("#messages > li").last).to_have_attribute("data-author", "assistant", timeout=WITHIN)


async def heard(page: Page) -> None:
    """Keep from now on what is read aloud, in `window.heard`."""
    await page.evaluate(
        """() => { window.heard = []; new MutationObserver((changes) => changes.forEach((one) =>
        one.addedNodes.forEach((node) => window.heard.push(node.textContent))))
        .observe(document.getElementById("announcements"), { childList: true }); }"""
    )


async def test_a_reload_and_a_second_tab_show_the_same(page: Page, place: House) -> None:
    await page.reload()
    await as_held(page, place, 2)
    async with page.expect_popup() as opened:
        await page.evaluate("void window.open(location.href)")
    second = await opened.value
    await second.wait_for_load_state()
    await as_held(second, place, 2)
    await write(second, "et à deux")
    await answered(second, "et à deux")
    # Behind another tab nothing is drawn, and a click may wait for ever.
    await page.bring_to_front()
    await write(page, "et à trois")
    await answered(page, "et à trois")
    for tab in (page, second):
        await as_held(tab, place, 6)


async def test_ten_seconds_without_a_network_lose_and_double_nothing(
    page: Page, place: House, database: Database
) -> None:
    await page.context.set_offline(True)
    place.line.cut()
    await write(page, "je suis dans le train")
    await speak(database, 3)
    await asyncio.sleep(TRAIN)
    await expect(page.locator("[data-pending]")).to_have_count(1)
    await expect(page.locator("#link")).to_contain_text("Connexion perdue")
    await page.context.set_offline(False)
    await answered(page, "je suis dans le train")
    await as_held(page, place, 7)


async def test_a_server_that_is_restarted_while_it_tells_loses_and_doubles_nothing(
    page: Page, place: House, database: Database
) -> None:
    flowing = asyncio.create_task(speak(database, 60))
    await asyncio.sleep(0.3)
    await place.stop()
    await write(page, "allo")
    await asyncio.sleep(0.5)
    await place.start()
    await flowing
    await expect(page.locator("#messages > li[data-author=assistant]")).to_have_count(2, timeout=WITHIN)
    await as_held(page, place, 64)


@contextmanager
def asleep() -> Iterator[None]:
    """Whatever draws pages is stopped by the system, in the middle of anything, as when a lid is closed."""
    drawing = [one for one in psutil.Process().children(recursive=True) if "--type=renderer" in one.cmdline()]
    assert drawing
    for process in drawing:
        process.suspend()
    try:
        yield
    finally:
        for process in drawing:
            process.resume()


async def test_a_laptop_that_slept_through_three_hundred_messages_shows_them_all_and_reads_none_aloud(
    page: Page, place: House, database: Database
) -> None:
    """Its line is cut meanwhile, as routers do. The hour itself is not waited for: transport.test.mjs plays it."""
    await page.wait_for_timeout(ANNOUNCED)
    await heard(page)
    with asleep():
        place.line.cut()
        await speak(database, 300)
    await as_held(page, place, 302)
    await page.wait_for_timeout(ANNOUNCED)
    told: list[str] = await page.evaluate("window.heard")
    assert told
    assert [text for text in told if not text.endswith("nouveaux messages.")] == []
    await page.reload()
    await heard(page)
    await as_held(page, place, 302)
    await page.wait_for_timeout(ANNOUNCED)
    assert await page.evaluate("window.heard") == []
