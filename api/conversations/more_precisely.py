"""Beside the general answer to an intent, on a page: the narrower ones that may have been wanted, each a button.

Why, and how often it is the right one: docs/decisions/0044-narrower-answers-to-choose.md.
"""

from collections.abc import Sequence
from dataclasses import replace

from api.conversations.coming_back import asks
from api.conversations.decision import Decision, Who
from api.conversations.meanings import narrow, narrower_titles, titles
from api.conversations.narrowing import near
from api.conversations.opening import OpenTurn
from api.privacy.audience import Channel
from api.privacy.disclosure import GENERAL
from api.texts.library import entries
from api.texts.schemas import Saying

SHARE = 0.15
"""Of 1, "none of these" counted whole."""


def with_nearer(turn: OpenTurn, decision: Decision, answer: Sequence[Saying]) -> list[Saying]:
    """The same answer, its buttons begun by what may have been wanted.

    Not where it was precise, asks something, or is sent by SMS, where each choice is paid for.
    """
    general = decision.who is Who.assistant and decision.intent in titles() and not decision.also
    web = turn.audience.channel is Channel.web and not turn.payload
    if not (general and web and all(map(_is_general, answer))):
        return list(answer)
    meant = narrow([one for one in near(turn.masked, among_none=True) if one.share >= SHARE])
    place = max((at for at, saying in enumerate(answer) if entries()[saying.name].choices), default=len(answer) - 1)
    return [replace(one, nearer=tuple(meant)) if at == place else one for at, one in enumerate(answer)]


def _is_general(saying: Saying) -> bool:
    """What was found, or a file tells, is said with facts; a narrower answer has a name."""
    told = entries()[saying.name].tells == GENERAL and not saying.facts
    return told and saying.name not in narrower_titles() and not asks(saying)
