"""Of two places or trades, the one that is taken back is not meant, wherever it stands."""

from __future__ import annotations

from typing import Any

import pytest

from hent_bot.correcting import corrected

NAMED = {"soudeur": "trade", "boulanger": "trade", "brest": "place", "quimper": "place"}


def named(text: str) -> list[dict[str, Any]]:
    found = [(text.find(word), word, kind) for word, kind in NAMED.items() if word in text]
    return [{"entity": kind, "value": word, "start": at, "end": at + len(word)} for at, word, kind in sorted(found)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("pas soudeur boulanger", ["boulanger"]),
        ("boulanger pas soudeur", ["boulanger"]),
        ("a quimper et pas a brest", ["quimper"]),
        ("non pas dans la soudeur boulanger a brest", ["boulanger", "brest"]),
        ("pourquoi pas soudeur ou boulanger", ["soudeur", "boulanger"]),
        ("soudeur pas loin de brest ou quimper", ["soudeur", "brest", "quimper"]),
        ("pas a brest", ["brest"]),
        ("pas boulanger mais a quimper", ["boulanger", "quimper"]),
        ("a quimper plutot qu a brest", ["quimper"]),
        ("a quimper au lieu de brest", ["quimper"]),
        ("plutot a quimper ou a brest", ["quimper", "brest"]),
    ],
)
def test_what_is_taken_back_is_left_out_when_something_stands_in_its_place(text: str, left: list[str]) -> None:
    read = corrected({"text": text, "entities": named(text), "intent": {"name": "inform"}})
    assert [one["value"] for one in read["entities"]] == left
    assert read["intent"] == {"name": "inform"}
