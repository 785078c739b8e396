"""What a turn was decided to be answered: by whom, and with which names."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from api.conversations.sms_words import Command

NOTHING = "nlu_fallback"
"""What nothing is understood as."""


class Who(StrEnum):
    """Whose turn it is to answer."""

    urgent = "urgent"
    order = "order"
    """A word that is obeyed at once by SMS."""
    ask = "ask"
    """It answers a question that we sent by ourselves."""
    limited = "limited"
    """Nobody: a machine seems to write, or the day's answers are used up."""
    more = "more"
    """By SMS: the choices that had no room in the last message."""
    word = "word"
    """The word agreed with their caseworker, by SMS: it says who they are."""
    identity = "identity"
    stranger = "stranger"
    """Nobody yet: whoever wrote says that they leave, or are somebody else."""
    human = "human"
    waiting = "waiting"
    """Nobody yet: a person of the service is waited for."""
    language = "language"
    """Nobody yet: it is in another language, and is answered by a card that leads to a person."""
    assistant = "assistant"
    nobody = "nobody"
    """Rasa failed twice: the honest sentence."""


@dataclass(frozen=True)
class Decision:
    """Who answers, and with which names; drafts are fetched when the sentences are made."""

    who: Who
    intent: str = ""
    confidence: float | None = None
    says: list[dict[str, str]] = field(default_factory=list)
    order: Command | None = None
    ranking: list[dict[str, Any]] = field(default_factory=list)
    """The likeliest intents, for what is asked when none is sure."""
    also: "Decision | None" = None
    """What the second request of the same message is answered."""

    @property
    def requests(self) -> "list[Decision]":
        """This one, and the second if there is one, in the order of the message."""
        return [self, self.also] if self.also else [self]


class AskAgain(Exception):
    """The first attempt failed; the turn is to be opened again. `reason` is a word."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
