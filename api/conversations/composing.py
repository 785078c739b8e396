"""What of a decision is said, each request of the message judged by itself, in the transaction that closes its turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy import select

from api.authorities import offices
from api.conversations import coming_back, following, identifying, misunderstood, narrowing
from api.conversations.decision import Decision
from api.conversations.drafts import leave
from api.conversations.meanings import Near
from api.conversations.more_precisely import with_nearer
from api.conversations.opening import audience_of, speaker
from api.conversations.recalling import Recalled, last_said
from api.conversations.tables import Draft
from api.conversations.waiting import WAITING_AFTER
from api.conversations.writing import Closing
from api.core.clock import now
from api.knowledge.narrower import shown_for
from api.privacy.audience import Audience, Channel
from api.texts.library import Entry
from api.texts.schemas import Saying
from api.texts.service import Verdict, judge

REFUSED = "cannot_say_here"
"""The same words for an unknown, a shared and a confidential number: they tell nothing."""
NOTHING_SHOWN = "training_nothing_shown"
"""Beside another answer it was not asked for: "où en est mon dossier, c'est long" was told that no course was shown."""
SIMPLER, MORE_SIMPLY = "explain_simpler", "said_more_simply"


@dataclass(frozen=True)
class Composed:
    """The answers of one turn, each to be read by itself."""

    answers: list[list[Saying]]
    intent: str = ""
    """What the turn is known by: what is to be answered once we know who asks, or else what a "oui" would answer."""


async def compose(closing: Closing, decision: Decision) -> Composed:
    """What this conversation may hear now, which may be less or more than when it was asked."""
    person = await speaker(closing.session, closing.conversation)
    if (person.id if person else None) != closing.turn.person_id:
        # A personal link was used while Rasa thought: the facts in hand are about somebody else.
        return Composed([[Saying("still_trouble")]])
    audience = audience_of(closing.conversation, person)
    near = _near(closing, decision)
    judged = [(request.intent, *await _judged(closing, request, audience, near)) for request in decision.requests]
    judged = [one for one in judged if len(judged) == 1 or [saying.name for saying in one[2]] != [NOTHING_SHOWN]]
    identifies = [intent for intent, verdict, _ in judged if verdict is Verdict.identify]
    refused = [intent for intent, verdict, _ in judged if verdict is Verdict.refused]
    # What asks something comes last: only the last question can be answered by a word.
    heard = [(intent, sayings) for intent, verdict, sayings in judged if verdict is not Verdict.identify]
    heard.sort(key=lambda answer: any(_holds(saying) for saying in answer[1]))
    # "Mon dossier de surendettement est accepté, j'arrête de payer ?" asks one thing in two ways.
    heard = [one for place, one in enumerate(heard) if one[1] not in [other for _, other in heard[:place]]]
    answers = [sayings for _, sayings in heard]
    if identifies:
        answers.append(await identifying.begin(closing, [request.intent for request in decision.requests]))
    else:
        answers[-1] = await _come_back(closing, decision, answers[-1], audience)
        answers[-1] = with_nearer(closing.turn, decision, answers[-1])
    intents = [intent for intent, _ in heard]
    return Composed(_parted(answers, closing.conversation.channel), [*intents, *refused, *identifies][-1])


def _near(closing: Closing, decision: Decision) -> Callable[[], Sequence[Near]]:
    """The narrower answers that may be meant, when it is asked; none of a button, nor of one of two requests."""
    alone = not closing.turn.payload and not decision.also
    return partial(narrowing.near, closing.turn.masked) if alone else tuple


async def _judged(
    closing: Closing, request: Decision, audience: Audience, near: Callable[[], Sequence[Near]]
) -> tuple[Verdict, list[Saying]]:
    sayings = await _sayings(closing, request, audience, near)
    verdict, heard = judge(request.intent, sayings, audience, closing.voice)
    return verdict, [Saying(REFUSED)] if verdict is Verdict.refused else heard


async def _sayings(
    closing: Closing, request: Decision, audience: Audience, near: Callable[[], Sequence[Near]]
) -> list[Saying]:
    drafted = await _drafted(closing, request.says)
    # One by one: a denial of danger is believed before any of them.
    sayings = [one for saying in drafted for one in await _filled(closing, saying)]
    if closing.turn.foreign and [saying.name for saying in sayings] == [misunderstood.ONCE]:
        return [Saying(closing.turn.foreign.says)]
    if request.intent == SIMPLER:
        last = await last_said(closing.session, closing.message)
        return _more_simply(last, audience, closing) or sayings
    return await misunderstood.once_more(closing.session, closing.conversation, sayings, request.ranking, near)


async def _filled(closing: Closing, saying: Saying) -> list[Saying]:
    """With the facts that only this transaction knows: an office, or what was shown."""
    if saying.name == offices.ASKED and not saying.facts:
        return await _office(closing)
    kind = None if saying.facts else shown_for(saying.name)
    return await _following(closing, saying.name, kind) if kind else [saying]


async def _office(closing: Closing) -> list[Saying]:
    """Left as a draft, so that "pardon ?" is answered with it again."""
    told = await offices.office(closing.session, closing.turn.authority_code, closing.turn.text, now())
    drafts = await leave(closing.session, closing.turn.turn_id, offices.ASKED, [told])
    return [Saying(draft.say, draft.facts) for draft in drafts]


async def _following(closing: Closing, name: str, kind: str) -> list[Saying]:
    """Left as a draft too."""
    told = await following.about(closing.session, closing.conversation.id, name, kind, closing.turn.masked)
    drafts = await leave(closing.session, closing.turn.turn_id, name, told or [Saying(misunderstood.ONCE)])
    return [Saying(draft.say, draft.facts) for draft in drafts]


def _more_simply(last: Recalled | None, audience: Audience, closing: Closing) -> list[Saying]:
    """The last answer in simpler words, or short on a page; nothing when it was so already, or just before."""
    if last is None:
        return []
    again = [Saying(saying.name, saying.facts, shortly=True) for saying in last.sayings]
    verdict, heard = judge(last.intent, again, audience, closing.voice)
    told = [saying for saying in heard if _is_simpler(closing.voice.entry(saying.name), audience.channel)]
    if verdict is not Verdict.said or not told or {MORE_SIMPLY, SIMPLER} & {saying.name for saying in told}:
        return []
    return [Saying(MORE_SIMPLY), *told]


def _is_simpler(entry: Entry, channel: Channel) -> bool:
    shorter = entry.shortly() if channel is Channel.web else entry.simple
    return entry.name in {MORE_SIMPLY, SIMPLER} or bool(shorter and entry.language is None)


async def _come_back(closing: Closing, decision: Decision, answer: list[Saying], audience: Audience) -> list[Saying]:
    intents = [request.intent for request in decision.requests]
    again = await coming_back.question_again(closing.session, closing.turn, closing.message, intents, answer)
    if again is None:
        return answer
    verdict, heard = judge(again.intent, again.sayings, audience, closing.voice)
    if verdict is not Verdict.said:
        return answer
    told = [Saying(coming_back.IN_BETWEEN.get(saying.name, saying.name), saying.facts) for saying in answer]
    return [*told, Saying(coming_back.BACK), *heard]


def _holds(saying: Saying) -> bool:
    return coming_back.asks(saying) or saying.name in WAITING_AFTER


def _parted(answers: Sequence[list[Saying]], channel: Channel) -> list[list[Saying]]:
    """On a page each answer keeps its own buttons; by SMS they are one message, which is paid for once."""
    return list(answers) if channel is Channel.web else [[saying for answer in answers for saying in answer]]


async def _drafted(closing: Closing, says: Sequence[dict[str, str]]) -> list[Saying]:
    """In the order named. A draft that is not of this turn is a mistake, and KeyError."""
    ids = [UUID(said["draft"]) for said in says if "draft" in said]
    mine = select(Draft).where(Draft.id.in_(ids), Draft.turn_id == closing.turn.turn_id)
    drafts = {str(draft.id): draft for draft in await closing.session.scalars(mine)} if ids else {}
    named = [(said, drafts[said["draft"]] if "draft" in said else None) for said in says]
    return [Saying(draft.say, draft.facts) if draft else Saying(said["say"]) for said, draft in named]
