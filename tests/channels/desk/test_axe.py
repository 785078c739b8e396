"""axe finds nothing on any page of the desk, whoever looks at it, at any width, in light or in dark."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import Page

from api.caseworkers.tables import Role
from api.core.clock import now
from api.core.database import Database
from api.desk import acting
from api.escalations.events import add_event
from api.escalations.tables import Escalation, Event, Kind, Priority, Reason
from api.privacy.audience import Channel
from channels.desk.pages import PAGES
from tests.channels.desk.browsing import Site, faults, settled
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.desk.conftest import PASSWORD, Team
from tests.channels.desk.test_signing import enrolled as enrolled

pytestmark = pytest.mark.browser


async def crowded(database: Database, team: Team) -> None:
    """Sixty more wait for this team: late, urgent, only to be known, written to us or by us."""
    async with database.transaction() as session:
        for nth in range(60):
            row = Escalation(
                authority_code=team.organisation.authority_code,
                organisation_id=team.organisation.id,
                channel=list(Channel)[nth % 2],
                reason=list(Reason)[nth % len(Reason)],
                kind=list(Kind)[nth % 7 == 0],
                priority=list(Priority)[nth % len(Priority)],
                line="Je voudrais parler à quelqu'un",
                due_at=now() + timedelta(days=nth % 9 - 3),
                assigned_id=team.caseworker.id if nth % 5 == 0 else None,
                answered_at=now() if nth % 4 == 0 else None,
            )
            session.add(row)
            await session.flush()
            await add_event(session, row.id, Event.opened)


async def opens(page: Page, path: str) -> bool:
    """Whether whoever is signed in may open this page: their own, or one of their role's."""
    me = await page.request.get("/desk/me")
    return path == "/account" or (path.strip("/") or "requests") in (await me.json())["pages"]


async def acts(page: Page) -> list[str]:
    """What may be done to the request that is open, by the names that the page gives."""
    shown = page.locator("#request [data-act]:visible")
    return [str(await button.get_attribute("data-act")) for button in await shown.all()]


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_for_every_role_with_every_dialog(path: str, site: Site, ours: Team) -> None:
    found: dict[str, list[str]] = {}
    everybody = {who.role: who for who in [*ours.colleagues.values(), ours.caseworker]}
    assert set(everybody) == set(Role)
    for role, who in everybody.items():
        page = await site.window(who)
        if await opens(page, path):
            await site.show(page, path)
            found[role] = await faults(page)
    assert found
    for dialog in await page.locator("dialog[id]").all():
        await dialog.evaluate("(one) => one.showModal()")
        found[str(await dialog.get_attribute("id"))] = await faults(page)
        await dialog.evaluate("(one) => one.close()")
    assert {where: what for where, what in found.items() if what} == {}


@pytest.mark.parametrize("path", ["/", "/#invitation=x"])
async def test_the_door(path: str, site: Site, ours: Team) -> None:
    page = await site.window()
    await site.show(page, path)
    assert await faults(page) == []


async def test_a_long_queue_a_request_and_whatever_its_buttons_open(site: Site, ours: Team, database: Database) -> None:
    await crowded(database, ours)
    page = await site.window(ours.caseworker)
    await site.show(page, f"/#request={ours.escalation}")
    found = {"waiting": await faults(page)}
    await page.get_by_role("button", name="Prendre", exact=True).click()
    await settled(page)
    found["taken"] = await faults(page)
    # Those that ask first; the others act at once.
    asking = [f"[data-act={name}]" for name in await acts(page) if await page.locator(f"#{name}-dialog").count()]
    for button in [*asking, "#ready"]:
        await page.locator(button).click()
        await settled(page)
        found[button] = await faults(page)
        await page.keyboard.press("Escape")
    assert len(found) >= 5
    assert {where: what for where, what in found.items() if what} == {}


async def test_an_empty_queue(site: Site, ours: Team, database: Database) -> None:
    async with database.transaction() as session:
        await acting.close_unsigned(session, ours.escalation, None, now())
    page = await site.window(ours.caseworker)
    await site.show(page)
    assert await page.get_by_text("Aucune demande ici.").is_visible()
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
