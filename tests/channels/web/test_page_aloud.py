"""Answers are read aloud by the voice of the device, and by no other."""

import pytest
from playwright.async_api import Page, expect

from tests.channels.desk.browsing import chromium as chromium
from tests.channels.desk.browsing import site as site
from tests.channels.web.chatting import faults, write
from tests.channels.web.chatting import page as page
from tests.channels.web.chatting import rasa as rasa

pytestmark = pytest.mark.browser

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
