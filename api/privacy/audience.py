"""Who hears a sentence: by which channel, and how well we know them."""

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """How a person reaches us."""

    web = "web"
    sms = "sms"


class Level(StrEnum):
    """How well we know who is speaking; each is worth more than the one before."""

    nobody = "nobody"
    number = "number"
    """An SMS from a number that belongs to one person only."""
    code = "code"
    """Mobile number, date of birth, then a code by SMS."""
    link = "link"
    """A personal link, or the word agreed with the caseworker."""


@dataclass(frozen=True)
class Audience:
    """What the conversation has earned."""

    channel: Channel
    level: Level
    confidential: bool = False
    """The file is marked: automatic channels say next to nothing, whatever the level."""
