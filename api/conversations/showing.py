"""A message as the web contract shows it, to whoever reads now: what tells of a file is for the person it is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from api.conversations.learning.judging import is_answer
from api.conversations.service import is_known
from api.conversations.tables import Author, Choice, Conversation, Message
from api.languages import spoken_in
from api.texts.library import entries


@dataclass(frozen=True)
class Reader:
    """Who reads, as far as it is known."""

    person_id: UUID | None = None
    since: datetime | None = None
    """When they proved it: what this says changes with who is known."""

    @property
    def known_since(self) -> str | None:
        """The same in ISO 8601, always written alike: a page compares what a read says with what an event says."""
        return self.since.isoformat() if self.since else None

    def may_read(self, message: Message) -> bool:
        """Whether it tells of nobody's file, or of theirs."""
        return message.about_id is None or message.about_id == self.person_id


def reader_of(conversation: Conversation, moment: datetime, since: datetime | None = None) -> Reader:
    """Who reads this conversation at `moment`; `since`: when the link was opened by which they read it elsewhere."""
    if not is_known(conversation, moment, since):
        return Reader()
    return Reader(conversation.beneficiary_id, conversation.identified_at)


def as_json(message: Message, choices: list[Choice], reader: Reader) -> dict[str, Any]:
    """Plain values, as a page draws them."""
    kept = {"seq": message.seq, "author": message.author, "created_at": message.created_at.isoformat()}
    if message.author is Author.person:
        kept["id"] = message.reference
    if not reader.may_read(message):
        return kept | {"text": hidden_text(message), "hidden": True, "choices": []}
    language = spoken_in(message.says)
    return kept | {
        "text": message.text,
        "lang": language.code if language else None,
        "dir": language.direction if language else None,
        "answers": message.author is Author.assistant and message.turn_id is not None and is_answer(message.says),
        "choices": [{"title": choice.title, "value": str(choice.value)} for choice in choices],
    }


def hidden_text(message: Message) -> str:
    """What stands in the place of a message that is hidden."""
    return entries()["choice_hidden" if message.author is Author.person else "answer_hidden"].web
