"""A letter: what to look for, its last day read back, reminders of it, and somebody who looks at it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction, entities_of
from actions.asking import asked_by
from actions.passing_on import passed_on
from actions.speaker import Speaker
from api.conversations.drafts import facts_of, last_draft, last_facts, say_once
from api.conversations.said_before import answered_with, last_said_by_us
from api.conversations.tables import Conversation
from api.core.clock import now, today
from api.core.database import Database
from api.escalations.service import Asked
from api.escalations.tables import Reason
from api.letters import asking
from api.letters.due import ahead
from api.letters.keeping import Where, keep, stop
from api.letters.places import place_of
from api.texts.schemas import Saying

IN_GENERAL = "ask_letter"
"""What everybody hears first of a letter."""
AGO = "ago:"
"""How buttons say so many days ago."""


class AboutLetter(HentAction):
    """What everybody should know of a letter; then one question at a time about its last day."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_letter")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The next question, or what became of the last."""
        carried = entities_of(tracker)
        match carried.get("answer", ""):
            case "no":
                return Answer([Saying("letter_kept")])
            case "yes":
                return Answer(await self._passed_on(session, speaker))
            case "unknown":
                return Answer([Saying(asking.UNKNOWN)])
            case "wrong":
                return Answer([Saying(asking.AGAIN)])
            case "stop":
                return Answer(await self._stop(session, speaker))
            case "right" | "remind" | "unremind" as step:
                return Answer(await self._go_on(session, speaker, step, carried.get("ask", "")))
            case given if given.startswith(AGO):
                return Answer(await _counted(session, speaker, given.removeprefix(AGO)))
            case given:
                return Answer(await _read(session, speaker, given))

    async def _go_on(self, session: AsyncSession, speaker: Speaker, step: str, ask: str) -> list[Saying]:
        """After a yes to the day that stood above it, or an answer to the offer of reminders."""
        asked = asking.RIGHT if step == "right" else asking.REMIND
        facts = await facts_of(session, speaker.conversation_id, ask, asked)
        if not facts:
            return [Saying(asking.AGAIN)]
        day = date.fromisoformat(facts["deadline"])
        if day < today():
            return [Saying(asking.PASSED, {"deadline": day})]
        offer = Saying(asking.OFFER, {"deadline": day})
        if step == "unremind":
            return [Saying("letter_unreminded"), offer]
        if step == "remind":
            return await say_once(session, speaker.turn_id, self.called, lambda: _remind(session, speaker, day))
        facts = await _reminders(session, speaker, day)
        return [Saying(asking.REMIND, facts | {"ask": str(speaker.turn_id)}) if facts else offer]

    async def _stop(self, session: AsyncSession, speaker: Speaker) -> list[Saying]:
        async def do() -> list[Saying]:
            await stop(session, await session.get_one(Conversation, speaker.conversation_id))
            return [Saying("letter_unreminded")]

        return await say_once(session, speaker.turn_id, self.called, do)

    async def _passed_on(self, session: AsyncSession, speaker: Speaker) -> list[Saying]:
        """The service has the person's own words, and the day that the question named."""

        async def asked() -> Asked:
            offered = await last_facts(session, speaker.conversation_id, asking.TO_SOMEBODY)
            said = await answered_with(session, speaker.conversation_id, IN_GENERAL)
            # Of a day that is over somebody is told today.
            day = max(date.fromisoformat(offered["deadline"]), today()) if "deadline" in offered else None
            return replace(asked_by(speaker, Reason.letter, line=said), deadline=day)

        return await passed_on(self, session, speaker, "letter_noted", asked)


async def _reminders(session: AsyncSession, speaker: Speaker, day: date) -> dict[str, Any]:
    """The day, when it would be reminded of, and whether by SMS; empty when there is no time or nowhere to."""
    moments = list(ahead(day, now()).values())
    where = await _place(session, speaker) if moments else None
    return {"deadline": day, "moments": moments, "by_sms": bool(where.phone)} if where else {}


async def _remind(session: AsyncSession, speaker: Speaker, day: date) -> list[Saying]:
    facts, where = await _reminders(session, speaker, day), await _place(session, speaker)
    if not facts or where is None:
        return [Saying(asking.OFFER, {"deadline": day})]
    await keep(session, where, day, now())
    return [Saying("letter_reminded", facts), Saying(asking.OFFER, {"deadline": day, "reminded": True})]


async def _place(session: AsyncSession, speaker: Speaker) -> Where | None:
    return await place_of(session, speaker.conversation_id, speaker.person, speaker.audience, speaker.phone)


async def _read(session: AsyncSession, speaker: Speaker, given: str) -> list[Saying]:
    """The question that follows what was written; what everybody should know comes before the first one."""
    last = await last_draft(session, speaker.conversation_id, asking.QUESTIONS)
    # What Rasa read goes on with a question only if it still stood; what was typed for one, or pressed, always does.
    goes_on = last and (given or last.say in await last_said_by_us(session, speaker.turn_id))
    name, facts = (last.say, last.facts) if last and goes_on else ("", {})
    asked = asking.question(asking.read_answer(speaker.text, name, facts, today()), today(), speaker.turn_id)
    if goes_on and (asked or given):
        return [asked or Saying(asking.AGAIN)]
    return [Saying(IN_GENERAL), asked or Saying(asking.ASK)]


async def _counted(session: AsyncSession, speaker: Speaker, days: str) -> list[Saying]:
    """The last day of the term that was asked about last, which began so many days ago."""
    facts = await last_facts(session, speaker.conversation_id, [asking.RECEIVED])
    if not facts or not days.isdecimal():
        return [Saying(asking.AGAIN)]
    found = asking.term_of(facts).ends(today() - timedelta(days=int(days)), today())
    return [asking.question(found, today(), speaker.turn_id) or Saying(asking.AGAIN)]
