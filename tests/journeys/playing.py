"""Dialogues of `tests/bot/dialogues/` played by a person with a browser, or with a telephone."""

from typing import Any, Protocol
from uuid import UUID

import httpx
import phonenumbers

from tests.journeys.linking import personal_link
from tests.journeys.records import Records
from tests.stack import Person, until

QUESTION = "Bonjour, pouvez-vous me dire quand je suis attendu pour mon rendez-vous ?"
"""Asked first by whoever is to be identified: it is what the identification is for."""


class Voice(Protocol):
    """Somebody who writes to Hent."""

    def write(self, text: str) -> object:
        """Send a message."""

    def conversation(self) -> tuple[UUID | None, int]:
        """Theirs, if it has begun, and how many messages it has."""


class OnTheWeb:
    """Nobody in particular, or a person who says who they are."""

    def __init__(self, records: Records, who: str | None = None, link: str | None = None) -> None:
        self.records = records
        self.person = Person(records.stack.url)
        if link:
            self.person.redeem(personal_link(records, e164(link)))
        if who:
            phone, born = who.rsplit(" ", 1)
            self.person.say(QUESTION)
            self.person.identify(phone, born)
            records.settle(self.person.conversation)

    def write(self, text: str) -> None:
        """Send a message."""
        self.person.write(text)

    def conversation(self) -> tuple[UUID | None, int]:
        """Theirs, and how many messages it has."""
        return self.person.conversation, self.records.last_seq(self.person.conversation)


class BySms:
    """Somebody with this telephone."""

    def __init__(self, records: Records, phone: str) -> None:
        self.records = records
        self.phone = e164(phone)
        self._url = f"{records.stack.url}/demo/phones/{self.phone}/messages"

    def write(self, text: str) -> None:
        """Send an SMS, and wait until it is a message."""
        self.send(text)
        self.arrive()

    def send(self, text: str) -> None:
        """Send an SMS, and wait for nothing."""
        httpx.post(self._url, json={"text": text}, timeout=20).raise_for_status()

    def arrive(self) -> None:
        """Wait until what was sent is in its conversation: the worker's doing, whatever has died meanwhile."""
        waiting = "SELECT 1 FROM incoming_sms WHERE phone = :phone AND handled_at IS NULL"
        until(lambda: not self.records.all(waiting, phone=self.phone), 60)

    def inbox(self) -> list[tuple[str, str]]:
        """(direction, text) of each SMS on this telephone."""
        shown = httpx.get(self._url, timeout=20).raise_for_status().json()
        return [(sms["direction"], sms["text"]) for sms in shown]

    def conversation(self) -> tuple[UUID | None, int]:
        """Theirs, once it has begun, and how many messages it has."""
        known = self.records.by_number(self.phone)
        return known, self.records.last_seq(known) if known else 0


def voice(records: Records, dialogue: dict[str, Any]) -> Voice:
    """Whoever speaks in this dialogue: `channel: sms` with `phone`, or the web.

    There, `person` says who they are by number, birth date and code; `link` was given a personal link (its number
    names the file); without either, they are nobody in particular.
    """
    if dialogue.get("channel") == "sms":
        return BySms(records, dialogue["phone"])
    return OnTheWeb(records, dialogue.get("person"), dialogue.get("link"))


def e164(phone: str) -> str:
    """A number of a dialogue, as the database keeps it."""
    return phonenumbers.format_number(phonenumbers.parse(phone, "FR"), phonenumbers.PhoneNumberFormat.E164)


def heard(records: Records, speaker: Voice, text: str) -> tuple[str | None, list[str]]:
    """The intent of what was written, and the names of all that was said in return."""
    _, after = speaker.conversation()
    speaker.write(text)
    conversation, _ = speaker.conversation()
    assert conversation is not None, "what was written began a conversation"
    records.settle(conversation)
    return records.understood(conversation, after), records.said(conversation, after)
