"""The page in a real Chromium, against the server in this process, for the tests of what it shows."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from fastapi import FastAPI
from playwright.async_api import Page
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Conversation
from api.conversations.turn import Tools
from api.core.background import background
from api.core.database import notify
from tests.channels.desk.browsing import Site
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.web.hosting import work
from tests.scripted_rasa import ScriptedRasa, says

PICTURES = Path(__file__).parents[3] / "build" / "screenshots" / "page"
LOOKS = [(360, "light"), (1280, "dark")]
"""Widths in pixels, and colours."""
_axe = Axe()


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Takes everything for a question on the sum."""
    return ScriptedRasa(lambda asked: says("rsa_amount", "rsa_amount"))


@pytest_asyncio.fixture
async def page(app: FastAPI, site: Site, rasa: ScriptedRasa) -> AsyncIterator[Page]:
    """The chat, with a worker behind it."""
    tools = Tools(app.state.database, app.state.sealer, rasa.client())
    async with background(work(tools)):
        page = await site.window()
        await page.goto("/static/index.html")
        yield page


async def write(page: Page, text: str) -> None:
    await page.get_by_label("Votre message").fill(text)
    await page.get_by_role("button", name="Envoyer", exact=True).click()


async def the_only(app: FastAPI, change: Callable[[AsyncSession, Conversation], Awaitable[None]]) -> None:
    """Change the conversation as the desk or time would; the page hears of it."""
    async with app.state.database.transaction() as session:
        conversation = (await session.scalars(select(Conversation))).one()
        await change(session, conversation)
        await notify(session, f"out:{conversation.id}")


async def announcements(page: Page) -> Callable[[], Awaitable[list[str]]]:
    """What is read aloud from now on, across a reload."""
    heard: list[str] = []
    await page.expose_function("hear", lambda text: heard.append(text))
    await page.evaluate(
        """() => { const hear = (one) => one.addedNodes.forEach((node) => window.hear(node.textContent));
        const watcher = new MutationObserver((changes) => changes.forEach(hear));
        watcher.observe(document.getElementById("announcements"), {childList: true}); }"""
    )

    async def told() -> list[str]:
        await page.wait_for_timeout(400)
        return heard

    return told


async def faults(page: Page, name: str) -> list[str]:
    """What axe finds wrong in each look; a picture of each is kept."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    found: list[str] = []
    for width, scheme in LOOKS:
        await page.set_viewport_size({"width": width, "height": 740})
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png")
        violations = (await _axe.run(page)).response["violations"]
        found += [f"{width} {rule['id']} at {node['target']}" for rule in violations for node in rule["nodes"]]
    return found
