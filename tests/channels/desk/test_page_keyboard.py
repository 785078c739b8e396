"""The whole job with the keyboard alone: nothing is clicked, and whoever works always sees where they are."""

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import select

from api.conversations.tables import Author, Conversation, Message, Mode
from api.core.database import Database
from api.desk.labels import OUTCOMES
from api.escalations.events import thread_of
from api.escalations.tables import EscalationEvent, Event
from tests.channels.desk.browsing import Site
from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.desk.conftest import PASSWORD, Team

pytestmark = pytest.mark.browser

FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return "nowhere";
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(here);
  const marked = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
  const name = here.id || here.textContent;
  if (!here.isConnected || !here.checkVisibility()) return `hidden: ${name}`;
  return here.matches(":focus-visible") && marked ? "" : `unmarked: ${name}`;
}"""
"""Empty when the focus is on something that is seen, and seen to be there; else what is wrong."""


class Hands:
    """On the keyboard; after each key the focus must be somewhere."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def press(self, *keys: str) -> None:
        """One key after the other."""
        for key in keys:
            await self.page.keyboard.press(key)
            await self.look()

    async def type(self, text: str) -> None:
        """Words, into whatever has the focus."""
        await self.page.keyboard.type(text)
        await self.look()

    async def look(self) -> None:
        """Raises AssertionError when the focus is lost, or cannot be seen."""
        # A page that moves the focus does so once it has its answer.
        await self.page.wait_for_function(f"() => ({FOCUS})() === ''")


class Kept:
    """What the database holds of our request."""

    def __init__(self, database: Database, team: Team) -> None:
        self.database, self.team = database, team

    async def replies(self) -> list[str]:
        """What the person has got from a caseworker."""
        async with self.database.transaction() as session:
            mine = select(Message.text).where(Message.conversation_id == self.team.conversation)
            return list(await session.scalars(mine.where(Message.author == Author.caseworker)))

    async def mode(self) -> Mode:
        """Who answers."""
        async with self.database.transaction() as session:
            return (await session.get_one(Conversation, self.team.conversation)).mode

    async def events(self) -> list[EscalationEvent]:
        """All that happened to it."""
        async with self.database.transaction() as session:
            return await thread_of(session, self.team.escalation)


@pytest.fixture
def kept(database: Database, ours: Team) -> Kept:
    return Kept(database, ours)


async def sign_in(hands: Hands, team: Team) -> None:
    await expect(hands.page.locator("#email")).to_be_focused()
    await hands.type(team.caseworker.email)
    await hands.press("Tab")
    await hands.type(PASSWORD)
    await hands.press("Enter")
    await expect(hands.page.locator("#queue-title")).to_be_focused()


async def leave_dialog(hands: Hands, key: str, dialog: str) -> None:
    """Open it by its key and go back: nothing has moved."""
    await hands.press(key)
    await expect(hands.page.locator(dialog)).to_be_visible()
    await hands.press("Tab", "Escape")
    await expect(hands.page.locator(dialog)).not_to_be_visible()


async def take(hands: Hands) -> None:
    """The first request of the list."""
    page = hands.page
    await expect(page.locator("#waiting button")).to_have_count(1)
    await hands.press("j", "Enter")
    await expect(page.locator("#request-title")).to_be_focused()
    await expect(page.locator("#state-line")).to_contain_text("Personne ne la suit encore")
    await hands.press("p")
    await expect(page.locator("#state-line")).to_contain_text("Vous suivez cette demande")


async def answer(hands: Hands) -> None:
    """A ready text, with more words."""
    page = hands.page
    await hands.press("t")
    await expect(page.locator("#ready-list [role=option]")).to_have_count(1)
    await hands.type("accu")
    await hands.press("Enter")
    await expect(page.locator("#reply-text")).to_be_focused()
    await expect(page.locator("#reply-text")).to_have_value("Bonjour Maëlle")
    await hands.type(", je vous lis.")
    await hands.press("Control+Enter")
    await expect(page.locator("#messages")).to_contain_text("Bonjour Maëlle, je vous lis.")
    await hands.press("Escape")


async def note(hands: Hands) -> None:
    """For colleagues."""
    page = hands.page
    await hands.press("n")
    await expect(page.locator("#note-text")).to_be_focused()
    await hands.type("À rappeler lundi.")
    await hands.press("Control+Enter")
    await expect(page.locator("#messages")).to_contain_text("À rappeler lundi.")
    await hands.press("Escape")


async def test_the_whole_job_is_done_with_the_keyboard(site: Site, ours: Team, kept: Kept) -> None:
    page = await site.window()
    hands = Hands(page)
    await site.show(page)
    await sign_in(hands, ours)
    await take(hands)
    await answer(hands)
    await note(hands)
    await leave_dialog(hands, "a", "#assign-dialog")
    await leave_dialog(hands, "s", "#snooze-dialog")

    await hands.press("h")
    await expect(page.locator("#state-line")).to_contain_text("Personne ne la suit encore")
    assert await kept.mode() is Mode.assistant
    await hands.press("c", "ArrowDown", "Tab", "Enter")
    await expect(page.locator("#state-line")).to_have_text("Demande close.")
    assert await kept.replies() == ["Bonjour Maëlle, je vous lis."]
    events = await kept.events()
    assert [one.event for one in events] == [
        *(Event.opened, Event.taken, Event.replied, Event.note, Event.handed_back, Event.closed)
    ]
    assert events[-1].text == next(iter(OUTCOMES))


async def test_every_shortcut_is_in_the_list_and_can_be_turned_off(site: Site, ours: Team, kept: Kept) -> None:
    page = await site.window(ours.caseworker)
    hands = Hands(page)
    await site.show(page, f"/#request={ours.escalation}")
    await hands.press("?")
    await expect(page.locator("#shortcuts")).to_be_visible()
    assert await page.locator("#keys dt").count() >= 10
    await page.locator("#keys-on").focus()
    await hands.press("Space", "Escape", "p")
    assert [one.event for one in await kept.events()] == [Event.opened]
