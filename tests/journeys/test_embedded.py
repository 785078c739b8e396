"""The chat in another site's page: a whole conversation by the keyboard alone, and what a screen reader gets of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.chromium import SWITCHES, executable
from tests.journeys.embedded import ANSWERED_WITHIN, OPENER, Keyboard
from tests.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.browser]

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).with_name("conversation.aria.yml")
"""Read by a person, line by line, before it is kept."""
FRESH = ROOT / "build" / "conversation.aria.yml"
LOEIZ = "+33639984104"
"""Nobody else of a run moves his appointment."""
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
CHANGING = [
    (
        re.compile(r"(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) \d+(er)? (" + MONTHS + r")( \d{4})?"),
        "<jour>",
    ),
    (re.compile(r"\b\d{1,2}:\d{2}\b"), "<heure>"),
    (re.compile(r"\b\d{1,2} h( \d{2})?\b"), "<heure>"),
    (re.compile(r'text: "?(C.est noté|Votre demande est déjà notée)[^\n]*'), "text: <promesse>"),
    (re.compile(r"/url: .*"), "/url: <adresse>"),
]
"""What is another one tomorrow: days, hours, when somebody answers, and the addresses of calendars."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, stack: Stack) -> Iterator[Page]:
    """The host's page; any error of a script, and anything that a policy refuses, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="fr-FR")
    context.set_default_timeout(ANSWERED_WITHIN)
    # With a voice there is one more button an answer ("Écouter"), on some machines and not on others.
    context.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Security Policy" in said.text else None)
    page.goto(stack.site_url)
    yield page
    context.close()
    assert wrong == []


def test_a_whole_conversation_by_the_keyboard_alone(page: Page, stack: Stack) -> None:
    hands = Keyboard(page)
    known = len(hands.codes(stack, LOEIZ))
    hands.reach(page.main_frame, OPENER)
    hands.press("Enter")
    expect(page.frame_locator("iframe[title=Conversation]").get_by_label("Votre message")).to_be_focused()

    hands.write("bonjour", "Bonjour")
    hands.reach(hands.chat, "Mon prochain rendez-vous", "Shift+Tab")
    hands.press("Enter")
    hands.hears("numéro de portable")
    assert hands.focused(hands.chat) == "Votre message", "after a choice, the focus is where one writes"
    hands.write("06 39 98 41 04", "date de naissance")
    hands.write("30 janvier 1990", "six chiffres")
    hands.write(hands.code(stack, LOEIZ, known), "rendez-vous est le")

    hands.reach(hands.chat, "Parler à un humain", "Shift+Tab")
    hands.press("Enter")
    expect(hands.chat.locator("#human")).to_have_text("Humain demandé", timeout=ANSWERED_WITHIN)
    expect(hands.chat.locator("#mode")).to_contain_text("Vous attendez")
    _reviewed(hands)

    hands.press("Escape")
    assert hands.focused(page.main_frame) == OPENER
    expect(page.locator("iframe[title=Conversation]")).to_be_hidden()
    hands.press("Enter")
    expect(hands.chat.get_by_label("Votre message")).to_be_focused()
    hands.write("annuler", "assistant")
    expect(hands.chat.locator("#human")).to_have_text("Parler à un humain")


def _reviewed(hands: Keyboard) -> None:
    """The accessibility tree is the one that was read: names, roles, states and order of everything in the frame."""
    # What is announced leaves its region a second later.
    expect(hands.chat.locator("#announcements")).to_be_empty()
    tree = hands.chat.locator("body").aria_snapshot()
    for changing, word in CHANGING:
        tree = changing.sub(word, tree)
    FRESH.parent.mkdir(exist_ok=True)
    FRESH.write_text(tree + "\n")
    assert tree + "\n" == KEPT.read_text(), f"read {FRESH} line by line, then keep it as {KEPT}"
