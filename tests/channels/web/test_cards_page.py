"""Cards and buttons in a real Chromium: what is seen, what is read aloud, and the file that a press gives."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio
from fastapi import FastAPI
from playwright.async_api import Page, expect
from sqlalchemy import select

from api.conversations.tables import Conversation
from api.core.database import Database, notify
from api.texts.schemas import Saying
from api.training.sayings import item
from api.training.shown import offer_of
from tests import factories
from tests.api.appointments.test_calendar import event
from tests.channels.desk.browsing import Site
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.web.chatting import announcements, faults, write
from tests.channels.web.test_cards import ADDRESS, SOON, change, tell, told_of_their_appointment

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture
async def page(app: FastAPI, site: Site) -> Page:
    """The chat, in which somebody has written; nobody answers but the test."""
    page = await site.window()
    await page.goto("/static/index.html")
    await write(page, "c'est quand mon rendez-vous ?")
    await expect(page.locator("#messages > li[data-seq]")).to_have_count(1)
    return page


async def shown(database: Database) -> None:
    """The page hears of what was said."""
    async with database.transaction() as session:
        conversation: UUID = (await session.scalars(select(Conversation.id))).one()
        await notify(session, f"out:{conversation}")


async def courses(database: Database) -> list[Saying]:
    """A page of three."""
    async with database.transaction() as session:
        course = await factories.training(session)
        given = {"hours": 420, "pace": "temps plein, du lundi au vendredi", "remaining_cost_cents": 0}
        made = [
            await factories.training_session(session, course, insee, **given) for insee in ("29019", "29103", "56186")
        ]
        offers = [offer for one in made if (offer := await offer_of(session, one.id, None))]
    return [Saying("training_item", item(offer, number)) for number, offer in enumerate(offers, 1)]


async def test_an_appointment_is_put_into_a_calendar_found_and_called_about(page: Page, database: Database) -> None:
    told = await announcements(page)
    await told_of_their_appointment(database)
    await shown(database)
    card = page.get_by_role("article", name="Rendez-vous d'orientation")
    await expect(card.get_by_role("heading", level=3)).to_have_text("Rendez-vous d'orientation")
    await expect(card.get_by_role("link", name="Appeler le 02 61 91 00 10")).to_have_attribute(
        "href", "tel:+33261910010"
    )
    where = card.get_by_role("link", name=f"Voir sur la carte : {ADDRESS}, nouvel onglet")
    await expect(where).to_have_attribute("rel", "noopener noreferrer")
    assert await faults(page, "card") == []
    assert "Avec une fiche de rendez-vous." in " ".join(await told())
    async with page.expect_download() as kept:
        await card.get_by_role("button", name="Ajouter à mon agenda le rendez-vous du").press("Enter")
    file = await kept.value
    assert file.suggested_filename == "rendez-vous.ics"
    assert event(await asyncio.to_thread(Path(await file.path()).read_bytes)).start == SOON
    await expect(card.get_by_role("button")).to_be_focused()


async def test_shown_again_the_card_says_that_it_was_moved_or_cancelled(page: Page, database: Database) -> None:
    await told_of_their_appointment(database)
    await change(database, starts_at=SOON + timedelta(days=2))
    await page.reload()
    card = page.get_by_role("article")
    await expect(card.locator(".card-state")).to_contain_text("Ce rendez-vous a changé")
    await expect(card.get_by_role("link", name="Voir sur la carte")).to_have_count(0)
    assert await faults(page, "card-changed") == []
    await change(database, cancelled_at=SOON, status="revoked")
    await page.reload()
    await expect(card.locator(".card-state")).to_have_text("Ce rendez-vous est annulé\xa0: n’y allez pas.")
    await expect(card.get_by_role("button", name="Mettre mon agenda à jour")).to_be_visible()
    assert await faults(page, "card-cancelled") == []


async def test_courses_are_cards_that_fit_the_narrowest_screen_and_the_largest_letters(
    page: Page, database: Database
) -> None:
    told = await announcements(page)
    await tell(database, *await courses(database))
    await shown(database)
    cards = page.get_by_role("article", name="Titre professionnel soudeur")
    await expect(cards).to_have_count(3)
    assert "Avec 3 fiches de formation." in " ".join(await told())
    assert await faults(page, "card-courses") == []
    # 200 % of a screen of 640 is a screen of 320.
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


async def test_a_used_button_stays_with_its_mark_and_does_nothing_more(page: Page, database: Database) -> None:
    await tell(database, Saying("greet"))
    await shown(database)
    buttons, rows = page.locator("button.choice"), page.locator("#messages > li[data-author=person]")
    chosen, offered = await buttons.nth(1).inner_text(), await buttons.count()
    await buttons.nth(1).press("Enter")
    await expect(rows).to_have_count(2)
    await expect(rows.last).to_contain_text(chosen)
    await expect(page.get_by_label("Votre message")).to_be_focused()
    for _ in range(2):
        # Counted beforehand: right after a reload the page has drawn none yet.
        await expect(page.locator("button.choice[aria-disabled=true][tabindex='-1']")).to_have_count(offered)
        await expect(page.locator("button.choice[disabled]")).to_have_count(0)
        await expect(page.locator("button.choice.chosen")).to_have_count(1)
        await expect(buttons.nth(1)).to_have_accessible_name(f"{chosen} (votre choix)")
        await buttons.nth(0).dispatch_event("click")
        await page.reload()
    await expect(rows).to_have_count(2)
    assert await faults(page, "choices-used") == []


async def test_a_choice_that_is_refused_is_no_longer_marked_and_can_be_used_again(
    page: Page, database: Database
) -> None:
    await tell(database, Saying("greet"))
    await shown(database)
    refused = {"error": "unknown_choice", "message": "Ce choix n'est plus proposé."}
    await page.route("**/chat/messages", lambda route: route.fulfill(status=422, json=refused))
    button = page.locator("button.choice").first
    await button.click()
    await expect(page.locator("#notice")).to_contain_text("plus proposé")
    await expect(page.locator("button.choice.chosen")).to_have_count(0)
    await expect(button).to_have_attribute("aria-disabled", "false")
    assert "votre choix" not in await page.locator(".choices").inner_text()
