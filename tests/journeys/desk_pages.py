"""What a person and a caseworker do on their pages, and what they read there."""

from playwright.sync_api import Page, expect

from tests.journeys.test_desk import PASSWORD
from tests.stack import Stack

PATIENCE = 30_000
"""Milliseconds; a broken line is tried again within eight seconds."""


def write(page: Page, words: str) -> None:
    page.get_by_label("Votre message").fill(words)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.locator("#messages > li[data-author=person]").last).to_contain_text(words)


def signs_in(page: Page, stack: Stack, email: str) -> None:
    page.goto(stack.desk_url)
    page.get_by_role("textbox", name="Adresse électronique").fill(email)
    page.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.locator("#queue-title")).to_be_focused()


def takes(page: Page) -> None:
    page.get_by_role("button", name="Prendre", exact=True).click()
    expect(page.locator("#state-line")).to_contain_text("Vous suivez cette demande")


def replies(page: Page, words: str) -> None:
    page.locator("#reply-text").fill(words)
    page.get_by_role("button", name="Envoyer la réponse").click()


def plain(words: str) -> str:
    """One line, with plain spaces: pages hold some together."""
    return " ".join(words.split())


def shown(page: Page) -> list[str]:
    """What a desk shows of the conversation, in its order."""
    return [plain(words) for words in page.locator("#messages > li.message[data-author] > .text").all_inner_texts()]
