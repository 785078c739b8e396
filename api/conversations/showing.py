"""A message as the web contract shows it."""

from typing import Any

from api.conversations.learning.judging import is_answer
from api.conversations.tables import Author, Choice, Message
from api.languages import spoken_in


def as_json(message: Message, choices: list[Choice]) -> dict[str, Any]:
    """Plain values, as a page draws them."""
    language = spoken_in(message.says)
    return {
        "seq": message.seq,
        "author": message.author,
        "text": message.text,
        "lang": language.code if language else None,
        "dir": language.direction if language else None,
        "answers": message.author is Author.assistant and message.turn_id is not None and is_answer(message.says),
        "choices": [{"title": choice.title, "value": str(choice.value)} for choice in choices],
        "created_at": message.created_at.isoformat(),
    }
