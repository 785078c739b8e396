"""A line of Rasa's is JSON, and says which turn it is about."""

from __future__ import annotations

import io
import json
import logging
from typing import Any

from hent_bot import turn as turns
from hent_bot.loglines import JsonLines
from hent_bot.turn import Turn


def line(name: str, *said: object, **extra: object) -> dict[str, Any]:
    """What is printed of one record."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    log = logging.Logger(name)
    log.addHandler(handler)
    log.info(*said, extra=extra)
    read: dict[str, Any] = json.loads(stream.getvalue())
    return read


def test_a_line_about_a_turn_bears_its_id() -> None:
    with turns.in_hand(Turn("a conversation", "a turn", 1)):
        told = line("hent_bot.channel", "turn played", milliseconds=12.5)
    assert (told["turn"], told["conversation"], told["milliseconds"]) == ("a turn", "a conversation", 12.5)
    assert (told["level"], told["from"], told["says"]) == ("info", "hent_bot.channel", "turn played")


def test_a_line_outside_of_turns_names_none() -> None:
    assert "turn" not in line("root", 'Starting "%s"', "Rasa")
