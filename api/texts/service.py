"""From names and facts to sentences; nothing personal passes here that the audience may not hear."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.privacy.audience import Audience, Channel
from api.privacy.disclosure import GENERAL, could_earn_more, hidden_facts, is_personal, permitted
from api.texts.gsm import to_gsm
from api.texts.library import Button, template
from api.texts.schemas import IDENTIFY_FIRST, Saying
from api.texts.voice import Voice

BETWEEN = {Channel.web: "\n\n", Channel.sms: "\n"}
"""A blank line parts paragraphs on a page; by SMS it would be paid for."""


class Verdict(StrEnum):
    """What became of an answer."""

    said = "said"
    identify = "identify"
    """It concerns a file: who is speaking must be known first."""
    refused = "refused"
    """It cannot be said on this channel, whoever is speaking."""


@dataclass(frozen=True)
class Spoken:
    """An answer in French."""

    text: str
    names: tuple[str, ...]
    buttons: tuple[Button, ...]


def judge(intent: str, sayings: Sequence[Saying], audience: Audience, voice: Voice) -> tuple[Verdict, list[Saying]]:
    """Which of the sayings this audience may hear. The one place that decides it.

    Raises UnclassifiedIntent for an intent that the disclosure table does not name.
    """
    allowed = permitted(intent, audience)
    unknown_speaker = any(saying.name == IDENTIFY_FIRST for saying in sayings)
    if unknown_speaker or (is_personal(intent) and not allowed):
        return (Verdict.identify if could_earn_more(intent, audience) else Verdict.refused), []
    hidden = hidden_facts(audience)
    heard = [_without(saying, hidden) for saying in sayings if voice.entry(saying.name).tells in {GENERAL, *allowed}]
    return (Verdict.said if heard or not sayings else Verdict.refused), heard


def speak(sayings: Sequence[Saying], channel: Channel, voice: Voice) -> Spoken:
    """The sentences of sayings that may be heard, one paragraph each, and the buttons of the last that has some."""
    written = [(saying, _write(saying, channel, voice)) for saying in sayings]
    buttons = [voice.entry(saying.name).choices for saying in sayings]
    return Spoken(
        text=BETWEEN[channel].join(text for _, text in written if text),
        names=tuple(saying.name for saying, text in written if text),
        buttons=next((row for row in reversed(buttons) if row), ()),
    )


def _without(saying: Saying, hidden: frozenset[str]) -> Saying:
    return Saying(saying.name, {name: fact for name, fact in saying.facts.items() if name not in hidden})


def _write(saying: Saying, channel: Channel, voice: Voice) -> str:
    source = voice.entry(saying.name).form(channel)
    text = template(source).render(**voice.context(), **saying.facts).strip() if source else ""
    # The text that is stored is the text that is sent: the alphabet is chosen here, not by a gateway.
    return to_gsm(text) if channel is Channel.sms else text
