"""Somebody at a site that shows the chat, with a keyboard and nothing else."""

import re
from dataclasses import dataclass

from playwright.sync_api import Frame, Page, expect

from tests.stack import Stack, until

FURTHEST = 80
"""Presses of a key after which what is looked for cannot be reached."""
ANSWERED_WITHIN = 20_000.0
"""Milliseconds; an answer takes 200, beside other tests on two cores many times that."""
OPENER = "Poser une question à Hent"
NAMED = "(one) => one && (one.labels && one.labels.length ? one.labels[0].textContent : one.textContent).trim()"
"""What the element with the focus is called, as nearly as a test needs it."""


@dataclass
class Keyboard:
    """Hands that never leave the keys, at the page of a host."""

    page: Page

    @property
    def chat(self) -> Frame:
        """The chat's frame. Raises AssertionError before it was opened."""
        frame = next((one for one in self.page.frames if "/embed/" in one.url), None)
        assert frame is not None, "the chat is not open"
        return frame

    def press(self, *keys: str) -> None:
        """One key after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, frame: Frame, name: str, key: str = "Tab") -> int:
        """Press `key` until what `frame` has in focus is called so; how often it was pressed."""
        for pressed in range(FURTHEST):
            if self.focused(frame) == name:
                return pressed
            self.press(key)
        raise AssertionError(f"{name} is not reached by {key}")

    def focused(self, frame: Frame) -> str:
        """What has the focus in a frame, shadow trees included."""
        return str(
            frame.evaluate(
                f"""() => {{ let one = document.activeElement;
                while (one && one.shadowRoot) one = one.shadowRoot.activeElement;
                return one === document.body ? "" : ({NAMED})(one) || ""; }}"""
            )
        )

    def write(self, words: str, answer: str) -> None:
        """Type into the field, send, and wait for what the last answer must hold."""
        self.page.keyboard.type(words)
        self.press("Enter")
        self.hears(answer)

    def hears(self, answer: str) -> None:
        """The last answer holds this."""
        answers = self.chat.locator("#messages > li[data-author=assistant]")
        expect(answers.last).to_contain_text(re.compile(answer), timeout=ANSWERED_WITHIN)

    def code(self, stack: Stack, phone: str, known: int) -> str:
        """The code that the simulated telephone gets after `known` others."""
        until(lambda: len(self.codes(stack, phone)) > known, 30)
        return self.codes(stack, phone)[known]

    def codes(self, stack: Stack, phone: str) -> list[str]:
        """Those that it got, in order."""
        shown = self.page.request.get(f"{stack.url}/demo/phones/{phone}/messages").json()
        return [code for sms in shown if sms["direction"] == "out" for code in re.findall(r"\b\d{6}\b", sms["text"])]
