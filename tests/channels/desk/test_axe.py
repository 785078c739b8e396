"""axe finds nothing on any page of the desk, whoever looks at it, at any width, in light or in dark."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from fastapi import FastAPI
from playwright.async_api import Browser, Page

from api.caseworkers.tables import Caseworker, Role
from api.core.database import Database
from channels.desk.pages import PAGES
from tests.channels.desk.browsing import Site, chromium, faults, served, settled
from tests.channels.desk.conftest import PASSWORD, Team, worker
from tests.channels.desk.test_signing import enrolled as enrolled

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture(scope="module")
async def browser_of_all() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture
async def site(app: FastAPI, browser_of_all: Browser) -> AsyncIterator[Site]:
    async with served(app, browser_of_all) as site:
        yield site
        assert site.wrong == []


@pytest_asyncio.fixture
async def everybody(app: FastAPI, database: Database, ours: Team) -> dict[Role, Caseworker]:
    """Somebody of each role."""
    known = {one.role: one for one in (*ours.colleagues.values(), ours.caseworker)}
    async with database.transaction() as session:
        for role in Role:
            if role not in known:
                known[role] = await worker(session, app, ours.organisation.id, "Katell", role)
    return known


async def opens(page: Page, path: str) -> bool:
    """Whether whoever is signed in may open this page: their own, or one of their role's."""
    me = await page.request.get("/desk/me")
    return path == "/account" or (path.strip("/") or "requests") in (await me.json())["pages"]


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_for_every_role_with_every_dialog(
    path: str, site: Site, everybody: dict[Role, Caseworker]
) -> None:
    found: dict[object, list[str]] = {}
    for role, who in everybody.items():
        page = await site.window(who)
        if await opens(page, path):
            await site.show(page, path)
            found[role] = await faults(page)
    assert found
    for dialog in await page.locator("dialog[id]").all():
        await dialog.evaluate("(one) => one.showModal()")
        found[await dialog.get_attribute("id")] = await faults(page)
        await dialog.evaluate("(one) => one.close()")
    assert {where: what for where, what in found.items() if what} == {}


@pytest.mark.parametrize("path", [*PAGES, "/#invitation=x"])
async def test_every_page_before_anybody_has_signed_in(path: str, site: Site, ours: Team) -> None:
    page = await site.window()
    await site.show(page, path)
    assert await faults(page) == []


async def test_the_question_for_a_code_and_a_refusal(site: Site, ours: Team, enrolled: object) -> None:
    page = await site.window()
    await site.show(page)
    for password in ("faux", PASSWORD):
        await page.get_by_role("textbox", name="Adresse électronique").fill(ours.caseworker.email)
        await page.get_by_role("textbox", name="Mot de passe").fill(password)
        await page.get_by_role("button", name="Se connecter").click()
        await settled(page)
        assert await faults(page) == []
    assert await page.get_by_label(re.compile("Code à six chiffres")).is_visible()


async def test_what_is_wrong_would_be_seen(site: Site, ours: Team) -> None:
    page = await site.window()
    await site.show(page)
    await page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    assert [fault for fault in await faults(page) if "label at" in fault] != []


def test_the_pages_are_found() -> None:
    assert "/" in PAGES
