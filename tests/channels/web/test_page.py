"""The page in a real Chromium: what it shows, and what axe finds in each state."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from playwright.async_api import Page, expect
from sqlalchemy import func, select

from api.authorities import notices
from api.authorities.tables import NoticeKind
from api.conversations.learning.judging import wording
from api.conversations.learning.tables import AnswerMark
from api.conversations.tables import Conversation
from api.core.clock import now
from api.desk import human_part
from api.texts.library import entries
from tests.channels.desk.browsing import Site
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.web.chatting import announcements, faults, the_only, write
from tests.channels.web.chatting import page as page
from tests.channels.web.chatting import rasa as rasa

pytestmark = pytest.mark.browser

NEUTRAL = "https://www.meteofrance.com/"


async def test_a_human_is_always_one_press_away_and_the_page_says_when_one_is_there(page: Page, app: FastAPI) -> None:
    human = page.locator("#human")
    await write(page, "combien je touche")
    await expect(page.locator("#messages > li[data-author=assistant]")).to_have_count(1)
    await expect(human).to_be_in_viewport(ratio=1)
    assert await faults(page, "asked") == []
    await human.click()
    await expect(page.locator("#messages > li[data-author=person]").last).to_contain_text("parler à un conseiller")
    await expect(page.get_by_label("Votre message")).to_be_focused()
    await the_only(app, lambda session, conversation: human_part.wait(session, conversation.id, now()))
    await expect(human).to_have_text("Humain demandé")
    await human.press("Enter")
    await expect(page.locator("#messages > li[data-author=person]")).to_have_count(2)
    assert await faults(page, "waiting") == []


async def test_a_new_conversation_keeps_the_old_one_until_it_is_confirmed(page: Page, app: FastAPI) -> None:
    rows = page.locator("#messages > li")
    await write(page, "combien je touche")
    await expect(rows).to_have_count(2)
    await page.get_by_role("button", name="Nouvelle conversation").click()
    await expect(page.get_by_role("button", name="Non, garder celle-ci")).to_be_focused()
    assert await faults(page, "renew") == []
    await page.get_by_role("button", name="Non, garder celle-ci").click()
    await page.reload()
    await expect(rows).to_have_count(2)
    await page.get_by_role("button", name="Nouvelle conversation").click()
    await page.get_by_role("button", name="Oui, une nouvelle").click()
    await expect(rows).to_have_count(0)
    await write(page, "bonjour")
    await expect(rows).to_have_count(2)
    async with app.state.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Conversation)) == 2


async def test_an_answer_is_judged_in_one_press_kept_with_its_intent_and_its_words(page: Page, app: FastAPI) -> None:
    heard = await announcements(page)
    asks = page.get_by_role("group", name="Cela vous aide")
    await write(page, "combien je touche")
    await expect(asks).to_have_count(1)
    await asks.get_by_role("button", name="Non").click()
    await expect(asks.get_by_role("button", name="Non")).to_have_attribute("aria-pressed", "true")
    await expect(asks).to_contain_text("Merci")
    await asks.get_by_role("button", name="Oui").click()
    await expect(asks.get_by_role("button", name="Oui")).to_have_attribute("aria-pressed", "true")
    await expect(asks.get_by_role("button", name="Oui")).to_be_focused()
    assert await faults(page, "judged") == []
    await page.reload()
    await expect(asks.get_by_role("button", name="Oui")).to_have_attribute("aria-pressed", "true")
    async with app.state.database.transaction() as session:
        kept = (await session.scalars(select(AnswerMark))).one()
    assert (kept.helpful, kept.intent, kept.changes) == (True, "rsa_amount", 1)
    assert kept.texts == {"rsa_amount": wording(entries()["rsa_amount"])}
    assert sum("noté" in text for text in await heard()) == 1
    await write(page, "et à deux")
    await expect(page.locator("#messages > li[data-author=assistant]")).to_have_count(2)
    await expect(asks).to_have_count(1)
    await expect(page.locator("#messages > li").last.get_by_text("Cela vous aide ?")).to_be_visible()


async def test_nobody_in_danger_is_asked_whether_it_helped(page: Page, app: FastAPI) -> None:
    await write(page, "jveu mourir")
    await expect(page.locator("#messages > li").last).to_contain_text("3114")
    await expect(page.get_by_role("group", name="Cela vous aide")).to_have_count(0)


async def test_a_notice_stands_above_the_chat_and_its_number_can_be_touched(page: Page, app: FastAPI) -> None:
    strip = page.get_by_role("region", name="Informations du service")
    await expect(page.locator("#contact .call")).to_be_visible()
    await expect(strip).to_be_hidden()
    text = "Nos bureaux sont fermés jeudi.\nUne urgence ? Appelez le 02 61 91 00 01."
    async with app.state.database.transaction() as session:
        await notices.add(session, "cd29", NoticeKind.closure, text, (now(), now() + timedelta(days=1)))
    await page.reload()
    await expect(strip).to_contain_text("Fermeture. Nos bureaux sont fermés jeudi.")
    await expect(strip.get_by_role("link", name="02 61 91 00 01")).to_have_attribute("href", "tel:+33261910001")
    assert await faults(page, "notice") == []


async def test_whoever_left_quickly_is_not_brought_back_by_the_back_key(page: Page, site: Site) -> None:
    await page.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="la pluie et le beau temps"))
    await page.goto("/static/hent.svg")
    await page.goto("/static/index.html")
    await write(page, "mon mari me frappe")
    await expect(page.locator("#messages > li").last).to_contain_text("3919")
    await page.get_by_role("button", name="Quitter vite").click()
    await page.wait_for_url(f"{NEUTRAL}**")
    await page.go_back()
    assert page.url.endswith("/static/hent.svg")
    assert site.wrong.pop().startswith(NEUTRAL)
