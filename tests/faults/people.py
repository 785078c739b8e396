"""Six people: two without a name, one who says who she is, and three telephones, of which one is confidential."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import outbox, service
from api.conversations.composing import REFUSED
from api.conversations.tables import Author, Message, MessageStatus
from api.core.sealing import Sealer
from api.texts.schemas import Saying
from tests import factories
from tests.faults import words

AUTHORITY = "cd29"
TROUBLE = Saying("still_trouble")
EVERY_THIRD = 3


@dataclass
class Person:
    """One of them, in one conversation."""

    index: int
    phone: str | None = None
    """By which they write; None: on the web."""
    files: tuple[dict[str, Any], ...] = ()
    own_phone: str | None = None
    """On the web: of whoever says who she is."""
    id: UUID = field(default_factory=uuid4)
    unsent: list[tuple[str, str]] = field(default_factory=list)
    """(reference, text), in order, until somebody has confirmed them."""
    tried: set[str] = field(default_factory=set)
    """References that were sent once or more."""
    written: list[str] = field(default_factory=list)
    expects: dict[str, list[Saying]] = field(default_factory=dict)
    """What each message that is no question should be answered."""

    def write(self, text: str) -> None:
        """One more message."""
        self.unsent.append((uuid4().hex, text))
        self.written.append(text)

    def tells(self, text: str, then: str, **facts: str) -> str:
        """The text, which should be answered so."""
        self.expects[text] = [Saying(then, dict(facts))]
        return text

    def should_hear(self, texts: Sequence[str]) -> list[Saying]:
        """What these messages, answered together, should be answered."""
        if texts[0] in self.expects:
            return self.expects[texts[0]]
        asked = [answer for text in texts for answer in words.answers(text)]
        if self.is_confidential and any(intent == words.PERSONAL for intent, _ in asked):
            return [Saying(REFUSED)]
        return [saying for _, saying in asked]

    @property
    def is_confidential(self) -> bool:
        """Nothing of a file is said to this telephone."""
        return any(one.get("confidential") for one in self.files)


def everybody() -> list[Person]:
    """As the day begins."""
    born = {"birth_date": date(1990, 5, 14)}
    telephones = [f"+3363998010{number}" for number in range(4)]
    return [
        Person(0),
        Person(1),
        Person(2, own_phone=telephones[0], files=({"phone": telephones[0], **born},)),
        Person(3, telephones[1], ({"phone": telephones[1], "first_name": "Yann"},)),
        Person(4, telephones[2]),
        Person(5, telephones[3], ({"phone": telephones[3], "first_name": "Soizic", "confidential": True},)),
    ]


async def settle_in(session: AsyncSession, sealer: Sealer, people: Sequence[Person]) -> None:
    """Their files, and a conversation each."""
    await factories.authority(session, AUTHORITY)
    for person in people:
        for given in person.files:
            await factories.person(session, **given)
        if person.phone:
            begun = await service.by_number(session, person.phone, outbox.SENDER, AUTHORITY)
        else:
            begun, _ = await service.begin(session, sealer, AUTHORITY, b"address")
        person.id = begun.id


@dataclass
class Minds:
    """What each writes next, from what they can read."""

    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def asks(self, person: Person) -> str:
        """A question; of whoever has a file, every third is about it."""
        number = next(self.numbers)
        return words.question(number, personal=bool(person.files) and number % EVERY_THIRD == 0)

    def next(self, person: Person, read: Sequence[Message], inbox: Sequence[str]) -> str | None:
        """Of whoever says who she is. None: she waits."""
        if person.unsent or any(one.status is MessageStatus.received for one in read):
            return None
        said = [one.says for one in read if one.author is not Author.person]
        return self._identifies(person, said, inbox)

    def _identifies(self, person: Person, said: list[list[str]], inbox: Sequence[str]) -> str | None:
        if ["identified"] in said:
            return words.question(next(self.numbers), personal=True)
        last = said[-1] if said else []
        if last[:1] == [TROUBLE.name] and not words.answers(person.written[-1]):
            return person.written[-1]
        match last:
            case ["ask_number"]:
                return person.tells("06 39 98 01 00", "ask_birth_date")
            case ["ask_birth_date"]:
                return person.tells("14/05/1990", "code_sent", phone_end="00")
            case ["code_sent"]:
                found = re.search(r"\d{6}", inbox[-1]) if inbox else None
                return person.tells(found[0], "identified") if found else None
        return person.tells(words.question(next(self.numbers), personal=True), "ask_number")
