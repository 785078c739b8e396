"""The page in a real Chromium, against the server in this process: what it shows, and what axe finds in each state."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from fastapi import FastAPI
from playwright.async_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities import notices
from api.authorities.tables import NoticeKind
from api.conversations import leases, service
from api.conversations.learning.judging import wording
from api.conversations.learning.tables import AnswerMark
from api.conversations.speaking import say
from api.conversations.tables import Author, Conversation
from api.conversations.turn import Tools, answer_all
from api.core.background import background
from api.core.clock import now
from api.core.database import notify
from api.desk import human_part
from api.privacy.audience import Level
from api.texts.library import Button, entries
from api.texts.service import Spoken
from tests import factories
from tests.channels.desk.browsing import Site
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.scripted_rasa import ScriptedRasa, says

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[3] / "build" / "screenshots" / "page"
NEUTRAL = "https://www.meteofrance.com/"
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
    async with background(_work(tools)):
        page = await site.window()
        await page.goto("/static/index.html")
        yield page


async def _work(tools: Tools) -> None:
    while True:
        async with tools.database.transaction() as session:
            taken = await leases.claim(session, 10)
        for conversation, lease in taken:
            await answer_all(tools, conversation, lease)
        await asyncio.sleep(0.05)


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


VOICES = """(local) => {
  window.said = [];
  const voices = [{ lang: "fr_FR", localService: local, name: "voix" }];
  const [speak, cancel] = [(one) => window.said.push(one.text), () => window.said.push("—")];
  const speech = { getVoices: () => voices, speak, cancel };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""


async def test_an_answer_is_read_aloud_when_asked_for_and_stops_at_the_second_press(page: Page) -> None:
    await page.add_init_script(f"({VOICES})(true)")
    await page.reload()
    await write(page, "combien je touche")
    listen = page.get_by_role("button", name="Écouter cette réponse")
    await expect(listen).to_have_count(1)
    assert await page.evaluate("window.said") == []
    assert await faults(page, "listen") == []
    await listen.click()
    said = await page.evaluate("window.said")
    assert said[0] == "—"
    assert said[-1].endswith("32, 30.")
    await page.get_by_role("button", name="Arrêter cette réponse").click()
    assert (await page.evaluate("window.said"))[-1] == "—"
    await expect(listen).to_be_focused()


async def test_a_voice_that_is_not_the_device_s_reads_nothing(page: Page) -> None:
    await page.add_init_script(f"({VOICES})(false)")
    await page.reload()
    await write(page, "combien je touche")
    await expect(page.locator("#messages > li")).to_have_count(2)
    await expect(page.locator(".listen")).to_be_hidden()


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
