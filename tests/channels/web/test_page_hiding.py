"""What comes from a file leaves the page with its person."""

import pytest
from fastapi import FastAPI
from playwright.async_api import Page, expect
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import service
from api.conversations.speaking import say
from api.conversations.tables import Author, Conversation
from api.core.clock import now
from api.privacy.audience import Level
from api.texts.library import Button
from api.texts.service import Spoken
from tests import factories
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.web.chatting import announcements, faults, the_only, write
from tests.channels.web.chatting import page as page
from tests.channels.web.chatting import rasa as rasa

pytestmark = pytest.mark.browser


async def test_what_comes_from_a_file_leaves_the_page_with_its_person_and_comes_back(page: Page, app: FastAPI) -> None:
    secret = "Votre rendez-vous est mardi à 14 h."
    async with app.state.database.transaction() as session:
        person = await factories.person(session)

    async def known(session: AsyncSession, conversation: Conversation) -> None:
        service.identify(conversation, person.id, Level.code, now())

    async def told(session: AsyncSession, conversation: Conversation) -> None:
        await known(session, conversation)
        await say(session, conversation, Author.assistant, Spoken(secret, ("appointment_next",), ()))

    heard = await announcements(page)
    answer = page.locator("#messages > li").nth(2)
    await write(page, "combien je touche")
    await expect(page.locator("#messages > li")).to_have_count(2)
    await the_only(app, told)
    await expect(answer).to_contain_text("rendez-vous est mardi")
    await page.get_by_role("button", name="Ce n’est plus moi").click()
    await expect(answer).to_contain_text("Cette réponse est cachée")
    assert sum("cachées" in text for text in await heard()) == 1
    assert await faults(page, "hidden") == []
    await page.reload()
    await expect(answer).to_contain_text("Cette réponse est cachée")
    assert "mardi" not in await page.content()
    await page.get_by_role("button", name="Prouver que c’est moi").click()
    await expect(page.locator("#messages > li").last).to_contain_text("numéro de portable")
    await the_only(app, known)
    await expect(answer).to_contain_text("rendez-vous est mardi")
    await expect(page.get_by_role("button", name="Prouver que c’est moi")).to_be_hidden()


async def test_what_hides_gives_the_focus_to_the_field_and_takes_it_from_nowhere_else(page: Page, app: FastAPI) -> None:
    async with app.state.database.transaction() as session:
        person = await factories.person(session)

    async def told(session: AsyncSession, conversation: Conversation) -> None:
        service.identify(conversation, person.id, Level.code, now())
        button = Button("Plutôt jeudi", "reschedule_appointment")
        await say(session, conversation, Author.assistant, Spoken("C'est mardi.", ("appointment_next",), (button,)))

    async def left(session: AsyncSession, conversation: Conversation) -> None:
        service.forget_who(conversation)

    await write(page, "combien je touche")
    await expect(page.locator("#messages > li")).to_have_count(2)
    for where, goes in [("#messages .choice", "#field"), ("#human", "#human")]:
        await the_only(app, told)
        await expect(page.locator("#messages > li:not([data-hidden]) .choice")).not_to_have_count(0)
        await page.locator(where).last.focus()
        await the_only(app, left)
        await expect(page.locator("#messages .choice")).to_have_count(0)
        await expect(page.locator(goes)).to_be_focused()
