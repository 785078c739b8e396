"""Two browsers: a person who asks for a human, and a caseworker whose line breaks while others go on talking."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import NullPool, create_engine, text

from tests.chromium import SWITCHES, executable
from tests.journeys.desk_pages import PATIENCE, plain, replies, shown, signs_in, takes, write
from tests.journeys.linking import personal_link, swept_by_day
from tests.journeys.records import Records
from tests.journeys.test_desk import EMAIL, PASSWORD
from tests.stack import Stack, until

pytestmark = [pytest.mark.stack, pytest.mark.browser]

SOAZIG = "+33639983001"
CUT = 20_000
"""Milliseconds without a network."""
WISH = "je voudrais parler à quelqu'un"
QUESTION = "combien je touche"
OVERDUE = "UPDATE messages SET created_at = created_at - interval '3 minutes' WHERE conversation_id = :id"


@dataclass(frozen=True)
class Request:
    """What somebody asked for, where, and when it was stored (seconds since 1970)."""

    id: UUID
    conversation: UUID
    stored: Decimal


@dataclass(frozen=True)
class Lead:
    """Whoever leads the team, at a desk of her own, without a browser."""

    http: httpx.Client
    id: str

    def act(self, request: Request, what: str, **more: Any) -> None:
        """A transition, on what is seen now."""
        path = f"/desk/escalations/{request.id}"
        version = self.http.get(path).raise_for_status().json()["version"]
        self.http.post(f"{path}/{what}", json={"version": version} | more).raise_for_status()

    def reply(self, request: Request, words: str) -> None:
        """To the person."""
        body = {"id": str(uuid4()), "text": words}
        self.http.post(f"/desk/escalations/{request.id}/reply", json=body).raise_for_status()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def windows(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """Makes browsers that know nothing of each other."""
    opened: list[BrowserContext] = []

    def another() -> BrowserContext:
        opened.append(browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800}))
        opened[-1].set_default_timeout(PATIENCE)
        return opened[-1]

    expect.set_options(timeout=PATIENCE)
    yield another
    for context in opened:
        context.close()


@pytest.fixture
def lead(stack: Stack) -> Iterator[Lead]:
    with httpx.Client(base_url=stack.desk_url, timeout=20, headers={"X-Hent-Desk": "1"}) as http:
        http.post("/desk/session", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
        yield Lead(http, http.get("/desk/me").json()["id"])


def colleague(records: Records) -> tuple[str, str, str]:
    """Id, first name and address of a caseworker of her team."""
    query = """SELECT other.id, other.first_name, other.email FROM caseworkers AS other
        JOIN caseworkers AS lead ON lead.organisation_id = other.organisation_id
        WHERE lead.email = :email AND other.role = 'caseworker'
        AND other.active AND other.absent_from IS NULL ORDER BY other.email LIMIT 1"""
    row = tuple(str(value) for value in records.all(query, email=EMAIL)[0])
    return row[0], row[1], row[2]


def requests(records: Records) -> list[Request]:
    """Those of Soazig, the oldest first."""
    query = """SELECT escalations.id, conversation_id, extract(epoch FROM escalations.created_at) FROM escalations
        JOIN beneficiaries ON beneficiaries.id = beneficiary_id WHERE beneficiaries.phone = :phone AND reason = 'asked'
        ORDER BY escalations.created_at"""
    rows = [tuple(row) for row in records.all(query, phone=SOAZIG)]
    return [Request(found, conversation, stored) for found, conversation, stored in rows]


def asks(page: Page, stack: Stack, records: Records) -> Request:
    """Somebody comes by her personal link and asks for a human."""
    known = len(requests(records))
    # Playwright has the event loop of this thread.
    with ThreadPoolExecutor(1) as elsewhere:
        token = elsewhere.submit(personal_link, records, SOAZIG).result()
    page.goto(f"{stack.url}/static/index.html#lien={token}")
    write(page, WISH)
    until(lambda: len(requests(records)) > known, 60)
    return requests(records)[-1]


def kept(records: Records, request: Request) -> list[str]:
    """The same, from the database."""
    query = "SELECT text FROM messages WHERE conversation_id = :id ORDER BY seq"
    return [plain(words) for (words,) in records.all(query, id=request.conversation)]


def goes_on(person: Page, lead: Lead, request: Request) -> None:
    """The person writes three messages, and a colleague takes the request and answers."""
    for words in ("Vous êtes là ?", "Je dois répondre demain.", "Je laisse mon numéro ?"):
        write(person, words)
    lead.act(request, "assign", caseworker=lead.id)
    lead.act(request, "take")
    lead.reply(request, "Je prends la suite, un instant.")
    expect(person.locator("#messages > li[data-author=caseworker]").last).to_contain_text("Je prends la suite")


def hands_back(desk: Page, person: Page) -> None:
    """Taken once more, then given to the assistant, which answers the next question."""
    expect(desk.locator("#state-line")).to_contain_text("Confiée à")
    takes(desk)
    desk.get_by_role("button", name="Rendre à l’assistant").click()
    expect(person.locator("#messages > li[data-author=system]").last).to_contain_text("terminé")
    write(person, QUESTION)
    expect(person.locator("#messages > li").last).to_have_attribute("data-author", "assistant")


def test_a_desk_whose_line_was_cut_shows_what_the_database_holds(
    stack: Stack,
    records: Records,
    windows: Callable[[], BrowserContext],
    lead: Lead,
    record_property: Callable[[str, object], None],
) -> None:
    worker, first_name, email = colleague(records)
    person, line = windows().new_page(), windows()
    desk = line.new_page()
    signs_in(desk, stack, email)
    desk.evaluate("window.untouched = true")
    request = asks(person, stack, records)
    waiting = desk.locator(f'#waiting [data-id="{request.id}"]')
    expect(waiting).to_be_visible()
    record_property("seconds until a desk showed the request", round(time.time() - float(request.stored), 2))

    waiting.click()
    takes(desk)
    expect(person.locator("#messages > li[data-author=system]").last).to_contain_text(first_name)
    replies(desk, "Bonjour, je vous lis.")
    expect(person.locator("#messages > li[data-author=caseworker]")).to_contain_text("Bonjour, je vous lis.")
    write(person, "Merci, c'est pour mon logement.")
    expect(desk.locator("#messages")).to_contain_text("Merci, c'est pour mon logement.")

    line.set_offline(True)
    cut = time.monotonic()
    goes_on(person, lead, request)
    desk.wait_for_timeout(max(0.0, CUT - 1000 * (time.monotonic() - cut)))
    line.set_offline(False)
    until(lambda: shown(desk) == kept(records, request), PATIENCE / 1000)
    assert "Je laisse mon numéro ?" in shown(desk)

    lead.act(request, "assign", caseworker=worker)
    hands_back(desk, person)
    until(lambda: shown(desk) == kept(records, request), PATIENCE / 1000)
    assert desk.evaluate("window.untouched"), "the page was loaded again"
    lead.act(request, "close", outcome="answered")


def rung(stack: Stack) -> str:
    """The link of the SMS, which says nothing else of the answer."""
    found: list[str] = []

    def came() -> bool:
        sent = httpx.get(f"{stack.url}/demo/phones/{SOAZIG}/messages").raise_for_status().json()
        told = [sms["text"] for sms in sent if "#reponse=" in sms["text"]]
        assert not any("complet" in words for words in told)
        found.extend(link for words in told for link in re.findall(r"https?://\S+#reponse=\S+", words))
        return bool(found)

    until(came, 60)
    return found[-1]


def test_an_answer_finds_whoever_has_closed_the_page(
    stack: Stack, records: Records, windows: Callable[[], BrowserContext], lead: Lead
) -> None:
    home = windows()
    person = home.new_page()
    request = asks(person, stack, records)
    person.get_by_role("button", name="Oui, à ce numéro").click()
    expect(person.locator("#messages > li[data-author=system]").last).to_contain_text("01")
    home.close()

    lead.act(request, "take")
    lead.reply(request, "Votre dossier est complet.")
    with create_engine(records.stack.database_url, poolclass=NullPool).begin() as connection:
        connection.execute(text(OVERDUE), {"id": request.conversation})
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(swept_by_day, records).result()
    telephone = windows().new_page()
    telephone.goto(rung(stack))
    answer = telephone.locator("#messages > li[data-author=caseworker]")
    expect(answer).to_contain_text("Votre dossier est complet.")
    # What was said before the answer is not for whoever holds the telephone.
    assert WISH not in telephone.locator("#messages").inner_text()
    lead.act(request, "hand-back")
    lead.act(request, "close", outcome="answered")
