"""A person at the page, in a real Chromium, against the whole house."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.chromium import SWITCHES, executable
from tests.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.browser]

PICTURES = Path(__file__).parents[3] / "build" / "screenshots"
SOAZIG = ("06 39 98 30 01", "12 avril 88")
PATIENCE = 20_000
"""Milliseconds; an answer takes 200 on a busy machine, a restarted server ten seconds."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = executable()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, stack: Stack) -> Iterator[Page]:
    """The chat page; any error of a script, and any call to another host, fails the test."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda asked: None if asked.url.startswith((stack.url, "data:")) else wrong.append(asked.url))
    page.goto(f"{stack.url}/static/index.html")
    yield page
    assert wrong == []


def write(page: Page, text: str) -> None:
    page.get_by_label("Votre message").fill(text)
    page.get_by_role("button", name="Envoyer", exact=True).click()


def answers(page: Page) -> Locator:
    return page.locator("#messages > li[data-author=assistant]")


def last(page: Page, text: str | re.Pattern[str]) -> None:
    expect(answers(page).last).to_contain_text(text, timeout=PATIENCE)


def code(page: Page, stack: Stack, phone: str) -> str:
    """The last code on a simulated telephone."""
    shown = page.request.get(f"{stack.url}/demo/phones/{phone}/messages").json()
    sent = [str(sms["text"]) for sms in shown if sms["direction"] == "out"]
    return str(re.findall(r"\d{6}", sent[-1])[0])


def identify(page: Page, stack: Stack) -> None:
    last(page, "numéro de portable")
    write(page, SOAZIG[0])
    last(page, "date de naissance")
    write(page, SOAZIG[1])
    last(page, "six chiffres")
    page.wait_for_timeout(1000)
    write(page, code(page, stack, "+33639983001"))


def test_a_question_in_text_message_spelling_gets_its_true_answer(page: Page, stack: Stack) -> None:
    write(page, "c kan mon rdv")
    identify(page, stack)
    last(page, re.compile(r"prochain rendez-vous est le (lundi|mardi|mercredi|jeudi|vendredi) \d+"))
    last(page, "Nolwenn Kerbourch")
    expect(answers(page).last.get_by_role("button", name=re.compile("^Ajouter à mon agenda")).first).to_be_visible()
    page.screenshot(path=PICTURES / "answer-360.png", full_page=True)
    before = page.locator("#messages").inner_text()
    page.reload()
    last(page, "Nolwenn Kerbourch")
    assert page.locator("#messages").inner_text() == before


def test_what_was_typed_to_identify_is_not_in_the_history(page: Page, stack: Stack) -> None:
    write(page, "c kan mon rdv")
    identify(page, stack)
    last(page, "prochain rendez-vous")
    page.reload()
    last(page, "prochain rendez-vous")
    shown = page.locator("#messages").inner_text()
    assert "30 01" not in shown
    assert "avril" not in shown


def test_a_training_is_found_nearest_first(page: Page) -> None:
    write(page, "je cherche une formation de soudeur vers Brest")
    last(page, "Titre professionnel soudeur")
    last(page, re.compile(r"Lieu\s: Brest.*Lieu\s: Plouzané", re.DOTALL))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.screenshot(path=PICTURES / "training-1280.png")


def test_buttons_answer_and_stay_as_they_were_used(page: Page) -> None:
    write(page, "bonjour")
    last(page, "Bonjour")
    page.get_by_role("button", name="Chercher une formation", exact=True).click()
    last(page, "Quel métier")
    used = page.locator("button.choice.chosen")
    expect(used).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_label("Votre message")).to_be_focused()


def test_the_keyboard_is_enough(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Votre message")).to_be_focused()
    page.keyboard.type("combien je touche")
    page.keyboard.press("Enter")
    last(page, "651,69")
    expect(page.get_by_label("Votre message")).to_be_focused()


def test_new_messages_are_announced_apart_from_the_thread(page: Page) -> None:
    page.evaluate(
        """() => { window.heard = []; const region = document.getElementById("announcements");
        new MutationObserver(() => region.textContent && window.heard.push(region.textContent))
          .observe(region, {childList: true, subtree: true, characterData: true}); }"""
    )
    write(page, "combien je touche")
    last(page, "651,69")
    page.wait_for_timeout(1500)
    assert "651,69" in " ".join(page.evaluate("window.heard"))
    assert page.locator("#announcements").inner_text() == ""


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_needs_a_horizontal_scroll(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    write(page, "combien je touche")
    last(page, "651,69")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.screenshot(path=PICTURES / f"chat-{width}.png")


def test_html_is_shown_not_run(page: Page) -> None:
    write(page, "<img src=x onerror=document.title='pris'><b>gras</b>")
    expect(page.locator("#messages > li[data-author=person]")).to_contain_text("<b>gras</b>")
    assert page.locator("#messages b").count() == 0
    assert page.title() != "pris"


def test_too_long_a_text_is_kept_in_the_field_with_the_reason(page: Page) -> None:
    page.evaluate("document.getElementById('field').removeAttribute('maxlength')")
    write(page, "a" * 5000)
    expect(page.locator("#notice")).to_contain_text("trop long")
    assert len(page.get_by_label("Votre message").input_value()) == 5000


def test_urgent_words_get_the_number_at_once(page: Page) -> None:
    write(page, "jveu mourir")
    last(page, "3114")
    assert answers(page).last.locator("a[href='tel:3114']").count() == 1


def test_leaving_quickly_leaves_nothing(context: BrowserContext, stack: Stack) -> None:
    page = context.new_page()
    page.route("https://www.meteofrance.com/**", lambda route: route.fulfill(body="la pluie et le beau temps"))
    page.goto(f"{stack.url}/static/index.html")
    write(page, "mon mari me frappe")
    last(page, "3919")
    page.get_by_role("button", name="Quitter vite").click()
    page.wait_for_url("https://www.meteofrance.com/**")
    page.goto(f"{stack.url}/static/index.html")
    assert page.evaluate("sessionStorage.length") == 0
    assert page.locator("#messages > li").count() == 0


def test_the_conversation_can_be_kept_as_a_file(page: Page) -> None:
    write(page, "combien je touche")
    last(page, "651,69")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Enregistrer la conversation").click()
    assert kept.value.suggested_filename == "conversation-hent.txt"
    text = Path(kept.value.path()).read_text()
    assert "Vous :\ncombien je touche" in text
    assert "651,69" in text


def test_what_was_erased_leaves_the_page_and_does_not_come_back(page: Page) -> None:
    write(page, "combien je touche")
    last(page, "651,69")
    write(page, "effacez toute la conversation")
    page.get_by_role("button", name="Oui, effacer").click()
    last(page, "effacés")
    expect(page.locator("#messages > li")).to_have_count(1)
    page.reload()
    last(page, "effacés")
    expect(page.locator("#messages > li")).to_have_count(1)


def test_a_message_written_while_the_line_is_cut_arrives_once(page: Page, context: BrowserContext) -> None:
    write(page, "bonjour")
    last(page, "Bonjour")
    context.set_offline(True)
    write(page, "combien je touche")
    page.wait_for_timeout(3000)
    context.set_offline(False)
    last(page, "651,69")
    assert page.locator("#messages > li[data-author=person]").count() == 2
    assert answers(page).count() == 2


def test_the_demonstration_shows_people_and_their_telephone(context: BrowserContext, stack: Stack) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(stack.url)
    page.get_by_role("button", name=re.compile("Utiliser ce numéro : Soazig")).click()
    page.locator("#phone-field").fill("c kan mon rdv")
    page.get_by_role("button", name="Envoyer le SMS").click()
    expect(page.locator("#phone-messages > li[data-direction=out]").last).to_contain_text("RDV", timeout=PATIENCE)
    page.screenshot(path=PICTURES / "demo-1280.png", full_page=True)


def test_without_javascript_there_is_a_number_to_call(browser: Browser, stack: Stack) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(stack.url.rstrip("/") + "/")
    assert re.search(r"tel:\+?\d", page.content())
    context.close()
