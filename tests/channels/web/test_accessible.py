"""What no checker finds by itself in the chat: criteria of RGAA 4.1 and of WCAG 2.2, a test each.

docs/accessibility.md says which test holds which criterion.
"""

from typing import Literal

import pytest
import pytest_asyncio
from fastapi import FastAPI
from playwright.async_api import Page, expect
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.speaking import say
from api.conversations.tables import Author, Conversation
from api.core.clock import now
from api.desk import human_part
from api.texts.service import Spoken
from tests.channels.web.chatting import chromium as chromium
from tests.channels.web.chatting import page as page
from tests.channels.web.chatting import rasa as rasa
from tests.channels.web.chatting import site as site
from tests.channels.web.chatting import the_only, write

pytestmark = pytest.mark.browser

ANSWERS = "#messages > li[data-author=assistant]"
SMALLEST_TARGET = 44
"""Pixels; WCAG 2.2 asks for 24 (2.5.8), a thumb on a bus for more."""
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]
EDGE = 3.0
"""Contrast of what bounds a field or a button, with what is beside it (RGAA 3.3). Words are left to axe."""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
"""WCAG 1.4.12, to the letter."""
VISIBLE = """(root) => [...root.querySelectorAll("button, a[href], textarea, input, summary")]
  .filter((one) => one.getClientRects().length && !one.closest(".unseen") && !one.classList.contains("skip"))"""
CONTRASTS = (
    """() => {
  const rgba = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => { const [x, y] = [light(a) + 0.05, light(b) + 0.05]; return Math.max(x / y, y / x); };
  const painted = (one) => { for (let at = one; at; at = at.parentElement) {
    const colour = rgba(getComputedStyle(at).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour;
  } return [255, 255, 255]; };
  const edge = (one) => { const style = getComputedStyle(one), behind = painted(one.parentElement);
    const border = rgba(style.borderTopColor), drawn = parseFloat(style.borderTopWidth) && (border[3] ?? 1) > 0;
    return Math.max(drawn ? ratio(border, behind) : 1, ratio(painted(one), behind)); };
  return ("""
    + VISIBLE
    + """)(document).filter((one) => one.matches("button:not([aria-disabled=true]), textarea")
      && getComputedStyle(one).textDecorationLine !== "underline")
    .map((one) => [one.id || one.textContent, edge(one)]); }"""
)


@pytest_asyncio.fixture
async def talk(page: Page, app: FastAPI) -> Page:
    """A conversation with an answer in it, that waits for a human: every part of the page is there."""
    await write(page, "combien je touche")
    await expect(page.locator(ANSWERS)).to_have_count(1)
    await the_only(app, lambda session, conversation: human_part.wait(session, conversation.id, now()))
    await expect(page.locator("#mode")).to_contain_text("Vous attendez")
    return page


async def overflow(page: Page) -> list[str]:
    """Whose text is cut, and the page itself when it is wider than the window."""
    found: list[str] = await page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("#hent *:not(.unseen)")]
        .filter((one) => one.getClientRects().length && one.scrollWidth > one.clientWidth + 1
          && (one === document.documentElement || getComputedStyle(one).overflowX === "hidden"))
        .map((one) => one.id || one.className || one.tagName)"""
    )
    return found


async def add_style(page: Page, css: str) -> None:
    """As a reader's own style sheet does: the page's policy has nothing to say about it."""
    await page.evaluate(
        """(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }""",
        css,
    )


async def test_an_arrival_never_moves_the_focus(page: Page) -> None:
    await page.locator("#field").fill("combien je touche")
    await page.locator("#send").click()
    await page.locator(".danger a").first.focus()
    await expect(page.locator(ANSWERS)).to_have_count(1)
    await expect(page.locator(".danger a").first).to_be_focused()


async def test_what_is_read_aloud_is_apart_from_the_thread_and_leaves_again(talk: Page) -> None:
    live = "[aria-live], [role=status], [role=alert], [role=log]"
    assert await talk.locator(f":is({live}) #messages, #messages:is({live}), #messages :is({live})").count() == 0
    # A role that is live already, said to be live once more, is read twice.
    assert await talk.locator("[role=status][aria-live], [role=alert][aria-live]").count() == 0
    await expect(talk.locator("#announcements")).to_be_empty()


async def test_whoever_reads_further_up_is_not_pulled_down(page: Page, app: FastAPI) -> None:
    async def speak(session: AsyncSession, conversation: Conversation) -> None:
        await say(session, conversation, Author.caseworker, Spoken("Bonjour, je regarde.", (), ()))

    await page.set_viewport_size({"width": 360, "height": 500})
    await write(page, "combien je touche")
    await expect(page.locator(ANSWERS)).to_have_count(1)
    await page.evaluate("scrollTo(0, 0)")
    await the_only(app, speak)
    await expect(page.locator("#new-messages")).to_be_visible()
    assert await page.evaluate("scrollY") == 0
    await page.locator("#new-messages").click()
    await expect(page.get_by_text("Bonjour, je regarde.")).to_be_in_viewport()


async def test_no_order_of_its_own_and_nobody_is_held(talk: Page) -> None:
    orders: list[int] = await talk.evaluate(f"() => ({VISIBLE})(document).map((one) => one.tabIndex)")
    assert set(orders) <= {0, -1}
    assert orders.count(0) > 5


async def test_what_bounds_a_field_or_a_button_is_seen(talk: Page) -> None:
    for scheme in SCHEMES:
        await talk.emulate_media(color_scheme=scheme)
        edges: list[tuple[str, float]] = await talk.evaluate(CONTRASTS)
        assert len(edges) > 2
        assert [edge for edge in edges if edge[1] < EDGE] == [], scheme


async def test_the_focus_is_seen_on_everything(talk: Page) -> None:
    await talk.keyboard.press("Tab")
    rings: list[str] = await talk.evaluate(
        f"""() => ({VISIBLE})(document).filter((one) => one.tabIndex === 0).map((one) => {{ one.focus();
        const style = getComputedStyle(one);
        const seen = style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2;
        return seen ? "" : one.id || one.textContent; }})"""
    )
    assert [one for one in rings if one] == []


async def test_every_button_is_wide_enough_for_a_thumb(talk: Page) -> None:
    await talk.set_viewport_size({"width": 360, "height": 740})
    small: list[str] = await talk.evaluate(
        f"""(least) => ({VISIBLE})(document).filter((one) => one.tagName === "BUTTON")
        .filter((one) => one.getBoundingClientRect().height < least || one.getBoundingClientRect().width < least)
        .map((one) => one.id || one.textContent)""",
        SMALLEST_TARGET,
    )
    assert small == []


async def test_it_flows_into_the_smallest_window_with_room_left_to_read(talk: Page) -> None:
    for width, height in [(320, 640), (320, 256), (1280, 256)]:
        await talk.set_viewport_size({"width": width, "height": height})
        assert await overflow(talk) == []
        stuck: float = await talk.evaluate(
            """() => [...document.querySelectorAll(".top, .bottom")]
            .filter((one) => getComputedStyle(one).position === "sticky")
            .reduce((sum, one) => sum + one.offsetHeight, 0)"""
        )
        assert stuck < 0.5 * height


async def test_what_is_done_with_a_conversation_takes_one_line_of_a_telephone(talk: Page) -> None:
    await talk.set_viewport_size({"width": 360, "height": 740})
    row = talk.locator(".after")
    tops: list[float] = await row.evaluate("(row) => [...row.children].map((one) => one.getBoundingClientRect().top)")
    assert len(tops) == 3
    assert len(set(tops)) == 1
    for name in ("Enregistrer la conversation", "Nouvelle conversation", "Effacer la conversation"):
        await expect(row.get_by_role("button", name=name, exact=True)).to_be_visible()


async def test_the_way_to_the_field_stands_out_of_the_page_until_it_is_reached(talk: Page) -> None:
    await talk.set_viewport_size({"width": 360, "height": 740})
    await add_style(talk, "html { font-size: 200% !important }")
    ends = "(one) => one.getBoundingClientRect().right"
    assert await talk.locator(".skip").evaluate(ends) <= 0
    await talk.locator(".skip").focus()
    assert await talk.locator(".skip").evaluate(ends) > 100


async def test_letters_twice_as_large_cut_nothing(talk: Page) -> None:
    await add_style(talk, "html { font-size: 200% !important }")
    for width in (360, 1280):
        await talk.set_viewport_size({"width": width, "height": 740})
        assert await overflow(talk) == []
        await expect(talk.locator("#send")).to_be_visible()


async def test_wider_lines_words_and_letters_cut_nothing(talk: Page) -> None:
    await talk.set_viewport_size({"width": 360, "height": 740})
    await add_style(talk, SPACED)
    assert await overflow(talk) == []


async def test_nothing_moves_for_whoever_asked_that_nothing_does(talk: Page) -> None:
    await talk.evaluate("document.getElementById('typing').hidden = false")
    assert await talk.evaluate("document.getAnimations().length") > 0
    await talk.emulate_media(reduced_motion="reduce")
    assert await talk.evaluate("document.getAnimations().length") == 0


async def test_buttons_keep_their_edges_in_the_colours_of_the_system(talk: Page) -> None:
    await talk.emulate_media(forced_colors="active")
    bare: list[str] = await talk.evaluate(
        f"""() => ({VISIBLE})(document).filter((one) => one.tagName === "BUTTON" || one.tagName === "TEXTAREA")
        .filter((one) => !parseFloat(getComputedStyle(one).borderTopWidth)).map((one) => one.id || one.textContent)"""
    )
    assert bare == []
