"""From names and facts to sentences; nothing personal passes here that the audience may not hear."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from api.core import clock
from api.privacy.audience import Audience, Channel
from api.privacy.disclosure import GENERAL, could_earn_more, hidden_facts, is_personal, permitted
from api.texts.gsm import to_gsm
from api.texts.library import LANGUAGES, PARTS, Button, template
from api.texts.numbering import numbered
from api.texts.schemas import IDENTIFY_FIRST, Saying
from api.texts.tracing import overdue
from api.texts.voice import Voice

BETWEEN = {Channel.web: "\n\n", Channel.sms: "\n"}
"""A blank line parts paragraphs on a page; by SMS it would be paid for."""
WITH_CARE = Saying("fact_overdue")
"""The last line of an answer that rests on a fact which nobody has checked in time."""
MORE_CHOICES = Saying("sms_more")
ALONE = frozenset({"urgent", LANGUAGES})
"""Topics whose sentences stay alone: in danger a number is called and not doubted, nor in a language of which we know
no other sentence."""


class Verdict(StrEnum):
    """What became of an answer."""

    said = "said"
    identify = "identify"
    """It concerns a file: who is speaking must be known first."""
    refused = "refused"
    """It cannot be said on this channel, whoever is speaking."""


@dataclass(frozen=True)
class Spoken:
    """An answer."""

    text: str
    names: tuple[str, ...]
    """Of what was to be said; the line that says a fact with care follows from the day, and has none here."""
    buttons: tuple[Button, ...]
    sayings: tuple[Saying, ...] = ()
    """What was said, with its facts; nothing for words that were written by hand."""


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
    said = [(saying, text) for saying, text in written if text]
    buttons = [offered(saying, voice) for saying in sayings]
    care = [_write(WITH_CARE, channel, voice)] if any(_doubted(saying, channel, voice) for saying, _ in said) else []
    text = BETWEEN[channel].join([text for _, text in said] + care)
    choices = next((row for row in reversed(buttons) if row), ())
    if channel is Channel.sms:
        text, choices = numbered(text, choices)
    return Spoken(text, tuple(saying.name for saying, _ in said), choices, tuple(saying for saying, _ in said))


def speak_more(choices: Sequence[Button], voice: Voice) -> Spoken:
    """By SMS, the choices that had no room in the last message."""
    text, buttons = numbered(_write(MORE_CHOICES, Channel.sms, voice), choices)
    return Spoken(text, (MORE_CHOICES.name,), buttons)


def offered(saying: Saying, voice: Voice) -> tuple[Button, ...]:
    """The buttons of one saying, their words filled in."""
    context = voice.context() | saying.facts
    written = voice.entry(saying.name).choices
    filled = [_filled(button, context | around) for button in written for around in _around(button, context)]
    nearer = (Button(one["title"], "mean", {"meant": one["intent"], "says": one["says"]}) for one in saying.nearer)
    return (*nearer, *(button for button in filled if button.title))


def _around(button: Button, context: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"item": item} for item in context.get(button.each, ())] if button.each else [{}]


def _filled(button: Button, context: dict[str, Any]) -> Button:
    entities = {name: template(value).render(**context) for name, value in button.entities.items()}
    words = (*button.words, PARTS) if button.each else button.words
    return replace(button, title=template(button.title).render(**context).strip(), entities=entities, words=words)


def _doubted(saying: Saying, channel: Channel, voice: Voice) -> bool:
    entry = voice.entry(saying.name)
    return entry.topic not in ALONE and overdue(_source(saying, channel, voice) or "", voice.departement, clock.today())


def _without(saying: Saying, hidden: frozenset[str]) -> Saying:
    return replace(saying, facts={name: fact for name, fact in saying.facts.items() if name not in hidden})


def _source(saying: Saying, channel: Channel, voice: Voice) -> str | None:
    entry = voice.entry(saying.name)
    return entry.shortly() if saying.shortly else entry.form(channel)


def _write(saying: Saying, channel: Channel, voice: Voice) -> str:
    source, language = _source(saying, channel, voice), voice.entry(saying.name).language
    text = template(source).render(**voice.context(), **saying.facts).strip() if source else ""
    # The text that is stored is the text that is sent: the alphabet is chosen here, not by a gateway.
    return to_gsm(text) if channel is Channel.sms and (language is None or language.latin) else text
