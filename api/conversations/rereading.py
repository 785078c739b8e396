"""What Rasa is not sure of is read again, by a model that knows what words mean together.

Why, and what it brings: docs/decisions/0038-what-rasa-is-not-sure-of.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import exp, log
from typing import TYPE_CHECKING, Any

from api.conversations.bands import bands
from api.conversations.rasa import Question, Rasa, Reply
from api.conversations.urgent.kinds import NAMES

if TYPE_CHECKING:
    from api.conversations.reader import Reader

_LEAST = 1e-4
"""Of what Rasa thinks of an intent: it rounds to this."""
_RANKED = 5


async def heard_again(rasa: Rasa, question: Question, text: str, reply: Reply) -> Reply:
    """Rasa's answer to a text that it was not sure of, once both have read it: it is told which intent it is.

    Where both together are not sure either, the same reply, better ranked. Raises RasaFailed.
    """
    if not reply.ranking:
        return reply
    ranking = reread(text, reply.ranking)
    name, confidence = ranking[0]["name"], ranking[0]["confidence"]
    if confidence < bands().answer:
        return replace(reply, ranking=ranking)
    stands_for = (question.hearing or {}).get("expected", {}).get(name)
    told = stands_for or {"name": name, "reads": True}
    again = await rasa.ask(replace(question, intent=told, hearing=None, fresh=False))
    return replace(again, confidence=confidence, ranking=ranking)


def likeliest(text: str, ranking: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """`{name, confidence}` of the first intent of a text: Rasa's if it is sure, else what both think. Not of none."""
    return ranking[0] if ranking[0]["confidence"] >= bands().answer else reread(text, ranking)[0]


def reread(text: str, ranking: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What Rasa and the second reader think together: `[{name, confidence}]`, the likeliest first.

    `text` as it was written, masked; `ranking`: what Rasa thinks alone. Their chances are multiplied, as of two who
    heard the same text apart; of an intent that the reader was not taught it is taken to think what Rasa does.
    """
    said = shipped().read(text)
    read = _shares({name: logit for name, logit in said.items() if name not in NAMES})
    thought = _thought({one["name"]: one["confidence"] for one in ranking}, read.keys())
    shares = _shares({name: chance + read.get(name, chance) for name, chance in thought.items()})
    order = sorted(shares, key=lambda name: (-shares[name], name))
    return [{"name": name, "confidence": round(exp(shares[name]), 4)} for name in order[:_RANKED]]


def _thought(told: Mapping[str, float], names: Iterable[str]) -> dict[str, float]:
    """Logarithms of what Rasa thinks of each intent: it tells the five likeliest, the others share what is left."""
    others = set(names) - told.keys()
    left = (1 - sum(told.values())) / max(len(others), 1)
    return {name: log(max(told.get(name, left), _LEAST)) for name in told.keys() | others}


def _shares(said: Mapping[str, float]) -> dict[str, float]:
    """Logarithms of the shares of 1."""
    most = max(said.values())
    whole = most + log(sum(exp(one - most) for one in said.values()))
    return {name: one - whole for name, one in said.items()}


def shipped() -> "Reader":
    """The one that urgent messages are read by too."""
    # Imported here: the site reads no message, and numpy takes 25 MB.
    from api.conversations import reader

    return reader.shipped()
