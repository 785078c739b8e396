"""The chat on a page of another site, in a browser that blocks the cookies of third parties."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from fastapi import FastAPI
from playwright.async_api import Browser, Frame, Page, expect

from api.authorities.tables import Authority
from api.conversations.turn import Tools
from api.core.background import background
from tests.channels.desk.browsing import Site, served
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.web.hosting import by_name, framed, host_app, work
from tests.scripted_rasa import ScriptedRasa, says

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
