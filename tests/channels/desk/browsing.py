"""The desk in a real Chromium: the tests' application on a port of its own, and windows signed in as anybody."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest_asyncio
import uvicorn
from axe_playwright_python.async_playwright import Axe
from fastapi import FastAPI
from playwright.async_api import Browser, Error, Page, async_playwright, expect

from api.caseworkers.tables import Caseworker
from api.worker import Listener
from tests.channels.desk.conftest import PASSWORD
from tests.chromium import SWITCHES, executable

LOOKS = [(1280, "light"), (768, "dark")]
"""Widths in pixels, and colours: each of both is met."""
PATIENCE = 20_000.0
"""Milliseconds; a password is compared in 100, beside other tests on two cores in many times that."""
expect.set_options(timeout=PATIENCE)
_QUIET = """() => new Promise((resolve) => {
  const quiet = () => { watcher.disconnect(); resolve(); };
  let timer = setTimeout(quiet, 250);
  const watcher = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(quiet, 250); });
  watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})"""
_axe = Axe()


@dataclass
class Site:
    """The desk, where Chromium finds it. What breaks in a page is kept in `wrong`."""

    url: str
    browser: Browser
    opened: AsyncExitStack
    wrong: list[str] = field(default_factory=list)

    async def window(self, who: Caseworker | None = None) -> Page:
        """A browser of its own, signed in as somebody or as nobody; nothing is loaded yet."""
        context = await self.browser.new_context(
            base_url=self.url, locale="fr-FR", viewport={"width": 1280, "height": 800}
        )
        self.opened.push_async_callback(context.close)
        context.set_default_timeout(PATIENCE)
        if who:
            body = {"email": who.email, "password": PASSWORD}
            signed = await context.request.post("/desk/session", data=body, headers={"X-Hent-Desk": "1"})
            assert signed.ok, await signed.text()
        page = await context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if "Security Policy" in said.text else None)
        page.on(
            "request",
            lambda asked: None if asked.url.startswith((self.url, "data:", "blob:")) else self.wrong.append(asked.url),
        )
        return page

    def _check(self, address: str) -> None:
        if not address.startswith((self.url, "data:", "blob:", "about:")):
            self.wrong.append(address)

    async def show(self, page: Page, path: str = "/") -> None:
        """Load an address, and wait until the page has stopped changing."""
        await page.goto("about:blank")
        await page.goto(path)
        await settled(page)


async def settled(page: Page) -> None:
    """Until nothing has changed in the page for a quarter of a second, wherever it has led by then."""
    while True:
        try:
            await page.evaluate(_QUIET)
            return
        except Error as gone:
            if "navigation" not in gone.message:
                raise
            await page.wait_for_load_state()


async def faults(page: Page, looks: list[tuple[int, str]] = LOOKS) -> list[str]:
    """What axe finds wrong, in each look: "1280 light: color-contrast at #count: ..."."""
    found: list[str] = []
    for width, scheme in looks:
        await page.set_viewport_size({"width": width, "height": 800})
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        response = (await _axe.run(page)).response
        found += [
            f"{width} {scheme}: {rule['id']} at {node['target']}: {node['failureSummary']}"
            for rule in response["violations"]
            for node in rule["nodes"]
        ]
    return found


@pytest_asyncio.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """Started once for as many windows as are wanted."""
    path = executable()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def site(app: FastAPI, chromium: Browser) -> AsyncIterator[Site]:
    """The application, for windows; nothing may have broken in any of them."""
    async with served(app, chromium) as site:
        yield site
        assert site.wrong == []


@asynccontextmanager
async def served(app: FastAPI, browser: Browser) -> AsyncIterator[Site]:
    """The application over HTTP, in this process and on this event loop."""
    # Listening from now on: whoever comes before the server has begun is kept waiting, not refused.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Listener(uvicorn.Config(app, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
        serving = asyncio.create_task(server.serve([listening]))
        try:
            async with AsyncExitStack() as opened:
                yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", browser, opened)
        finally:
            server.should_exit = True
            await serving
