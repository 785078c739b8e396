"""Asking for somebody: a person to talk to, a call back at a time of one's own, a difficulty to be told."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction, entities_of, intent_of
from actions.asking import asked_by
from actions.speaker import Speaker
from api.conversations.drafts import last_facts, say_once
from api.conversations.said_before import SAYS_LITTLE, last_said, said_before
from api.core.clock import now
from api.core.database import Database
from api.core.normaliser import normalise
from api.core.wanted_times import Wanted, as_carried
from api.core.wished_times import Span, wished
from api.escalations import callbacks, calling, calling_off
from api.escalations.promises import Promise
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Reason
from api.identity.reading import read_phone, without_phone
from api.privacy.disclosure import permitted
from api.support.themes import themes
from api.texts.schemas import IDENTIFY_FIRST, Saying

OWN_WORDS = 6
"""Words from which a request says by itself what it is about; "je veux parler à un conseiller" does not."""


class RequestHuman(HentAction):
    """Somebody wants a person: written down at once, with what they had asked, and an honest delay."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_request_human")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """That it is noted, who answers and by when, and the number for whoever cannot wait."""
        hears_who = "who" in permitted(intent_of(tracker), speaker.audience)

        async def do() -> Sequence[Saying]:
            asked = await wanted(session, speaker, tracker)
            promise = await ask_human(session, asked, now())
            return [announced(promise, hears_who=hears_who, reachable=bool(calling.number(asked)))]

        return Answer(await say_once(session, speaker.turn_id, self.called, do))


class RequestCallback(HentAction):
    """Somebody wants to be called: at which number, then when."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_request_callback")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The next question, or the time that is agreed. The number is read from the message, which Rasa never sees."""
        carried, wanted = (entities_of(tracker).get(name) for name in ("window", "wanted"))
        calls_off = entities_of(tracker).get("answer") == "no"

        async def do() -> Sequence[Saying]:
            if calls_off:
                return await calling_off.call_off(session, asked_by(speaker, Reason.callback), now())
            offered = await last_facts(session, speaker.conversation_id, calling.OFFERING) if carried else {}
            chosen = callbacks.chosen(offered.get("windows", ()), carried)
            typed = read_phone(speaker.text)
            asked = await about(session, speaker, Reason.callback, phone=typed)
            return await calling.call_back(
                session, asked, await self._wish(session, speaker, as_carried(wanted)), chosen, now()
            )

        return Answer(await say_once(session, speaker.turn_id, self.called, do))

    async def _wish(self, session: AsyncSession, speaker: Speaker, wanted: Wanted | None) -> Span | None:
        """When they would like to be called: said now, or before their number was asked for.

        `wanted`: what was read where a time was asked, whatever else stands beside it.
        """
        if wanted and wanted.span:
            return wanted.span
        said = wished(normalise(without_phone(speaker.text)), now())
        if said or not read_phone(speaker.text):
            return said
        before = await said_before(session, speaker.turn_id, about=["request_callback"])
        return wished(normalise(before or ""), now())


class ReportHindrance(HentAction):
    """Something holds somebody back: it counts, and is told to their caseworker only if they say so."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_report_hindrance")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The question, then what became of it."""
        answer = entities_of(tracker).get("answer")
        if answer == "no":
            return Answer([Saying("hindrance_kept")])
        if answer != "yes":
            return Answer([Saying("report_hindrance")])
        if speaker.may_act(intent_of(tracker)) is None:
            return Answer([Saying(IDENTIFY_FIRST)])

        async def do() -> Sequence[Saying]:
            said = await said_before(session, speaker.turn_id, about=["report_hindrance"])
            promise = await ask_human(session, asked_by(speaker, Reason.hindrance, line=said), now())
            return [Saying("hindrance_noted", promise.facts)]

        return Answer(await say_once(session, speaker.turn_id, self.called, do))


def announced(promise: Promise, *, hears_who: bool, reachable: bool) -> Saying:
    """Who answers, in the words of whoever may hear it. Their team tells who follows somebody, and where."""
    if hears_who and promise.who:
        return Saying("human_asked_of_mine", promise.facts | promise.who)
    known = promise.escalation.beneficiary_id is not None
    told = promise.facts if hears_who or not known else promise.facts | {"team": None}
    return Saying("human_asked" if reachable else "human_asked_nowhere", told)


async def wanted(session: AsyncSession, speaker: Speaker, tracker: Any) -> Asked:
    """Why somebody is asked for, and in which words: a need that no search answered, or what was written before.

    Only the offer that follows two messages which were not understood carries an `answer`.
    """
    carried = entities_of(tracker)
    if carried.get("answer") == "yes":
        unclear = await last_said(session, speaker.turn_id, 2, about=["nlu_fallback"])
        said = " / ".join(one.text for one in reversed(unclear))
        return asked_by(speaker, Reason.not_understood, line=said)
    if need := themes().get(carried.get("theme", "")):
        return asked_by(speaker, Reason.support, line=f"Cherche une aide : {need.label}")
    return await about(session, speaker, Reason.asked)


async def about(session: AsyncSession, speaker: Speaker, reason: Reason, phone: str | None = None) -> Asked:
    """A request in the person's own words: these if they say what it is about, or else those before."""
    before = await last_said(session, speaker.turn_id, unless=SAYS_LITTLE)
    tells = len(speaker.text.split()) > OWN_WORDS and not read_phone(speaker.text)
    line = speaker.text if tells or not before else before[0].text
    return replace(asked_by(speaker, reason, line=line, phone=phone), about=before[0].intent if before else "")
