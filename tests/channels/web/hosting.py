"""A page of another site that shows the chat, and whoever answers there."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from playwright.async_api import FrameLocator, Page

from api.conversations import leases
from api.conversations.turn import Tools, answer_all

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Mon département</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{scripts}</head>
<body><main><h1>Mon département</h1><p><a href="#suite">La suite</a></p></main></body></html>"""
LOADER = '<script src="{home}/embed.js" data-authority="{code}" data-phone="02 61 91 29 00" defer></script>'
PLAIN = '<iframe src="{home}/embed/{code}" title="Hent" width="400" height="600"></iframe></main>'
HOSTILE = '<script src="/set.js"></script><script src="/hostile.js"></script>'
POLICY = "default-src 'none'; script-src 'self' {home}/embed.js; frame-src {home} 'self'; connect-src {home}"
"""As strict as a site may be: no style, inline or not."""
ISOLATED = {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"}
"""A site that wants a process of its own loads only what says that it may be loaded."""


def host_app(home: str, code: str = "cd29", *, hostile: bool = False) -> FastAPI:
    """A site whose only page shows the chat of `code`, whose server is `home`."""
    app = FastAPI()
    page = PAGE.format(scripts=(HOSTILE if hostile else "") + LOADER.format(home=home, code=code))

    @app.get("/")
    async def show() -> HTMLResponse:
        return HTMLResponse(page, headers=ISOLATED | {"Content-Security-Policy": POLICY.format(home=home)})

    @app.get("/plain")
    async def without_loader() -> HTMLResponse:
        return HTMLResponse(PAGE.format(scripts="").replace("</main>", PLAIN.format(home=home, code=code)))

    @app.get("/set.js")
    async def name() -> HTMLResponse:
        return HTMLResponse(f"window.home = '{home}';", media_type="text/javascript")

    @app.get("/hostile.js")
    async def script() -> FileResponse:
        return FileResponse(Path(__file__).parent / "hostile.js", media_type="text/javascript")

    return app


def by_name(url: str) -> str:
    """The same server under a name: to a browser `localhost` and 127.0.0.1 are two sites, not only two origins."""
    return f"http://localhost:{urlsplit(url).port}"


def framed(page: Page) -> FrameLocator:
    """The chat in its frame."""
    return page.frame_locator("hent-chat iframe")


async def writes(page: Page, text: str) -> None:
    """Somebody writes in the frame."""
    await framed(page).get_by_label("Votre message").fill(text)
    await framed(page).get_by_role("button", name="Envoyer", exact=True).click()


async def work(tools: Tools) -> None:
    """A worker, until it is cancelled."""
    while True:
        async with tools.database.transaction() as session:
            taken = await leases.claim(session, 10)
        for conversation, lease in taken:
            await answer_all(tools, conversation, lease)
        await asyncio.sleep(0.05)
