"""Appointments: the questions about them, and what a person may do about them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction, PersonalAction, entities_of, id_of, intent_of
from actions.asking import asked_by
from actions.speaker import Speaker
from api.appointments import booking, cancelling, inviting, missing, moving, service, undoing
from api.appointments.asking import Wish
from api.appointments.tables import Excuse
from api.beneficiaries.tables import Beneficiary
from api.conversations.drafts import say_once
from api.core.clock import now
from api.core.database import Database
from api.core.dates import read
from api.core.normaliser import normalise
from api.core.wanted_times import as_carried, asks_week_after, days_refused, hours_preferred
from api.escalations.tables import Reason
from api.knowledge.plain import asks
from api.pathways.sayings import waiting
from api.pathways.service import categories_of, situation
from api.texts.schemas import IDENTIFY_FIRST, Saying

QUESTIONS: dict[str, Callable[[AsyncSession, UUID, datetime], Awaitable[list[Saying]]]] = {
    "action_next_appointment": service.next_appointment,
    "action_appointment_place": service.appointment_place,
    "action_appointment_documents": service.appointment_documents,
}
CHANGES: dict[str, Callable[[AsyncSession, Wish], Awaitable[list[Saying]]]] = {
    "action_confirm_appointment": cancelling.confirm,
    "action_cancel_appointment": cancelling.cancel,
    "action_reschedule_appointment": moving.move,
}


class AboutAppointments(PersonalAction):
    """One of `QUESTIONS`, answered from the person's own file."""

    def __init__(self, database: Database, called: str) -> None:
        super().__init__(database, called)
        self._ask = QUESTIONS[called]

    async def about(self, session: AsyncSession, person: Beneficiary, speaker: Speaker, tracker: Any) -> Answer:
        """The domain's answer."""
        return Answer(await self._ask(session, person.id, now()))


class ChangeAppointment(PersonalAction):
    """One of `CHANGES`, one step at a time."""

    def __init__(self, database: Database, called: str) -> None:
        super().__init__(database, called)
        self._change = CHANGES[called]

    async def about(self, session: AsyncSession, person: Beneficiary, speaker: Speaker, tracker: Any) -> Answer:
        """What became of it; the same when the turn is asked again."""
        wish = wished(person, speaker, tracker)

        async def do() -> Sequence[Saying]:
            return await _taken_back(session, wish) or await self._change(session, wish)

        return Answer(await say_once(session, speaker.turn_id, self.called, do))


class BookAppointment(PersonalAction):
    """A first appointment, or another."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_book_appointment")

    async def about(self, session: AsyncSession, person: Beneficiary, speaker: Speaker, tracker: Any) -> Answer:
        """Free hours for the person's step of the pathway, or the one they chose."""
        wish = wished(person, speaker, tracker)

        async def do() -> Sequence[Saying]:
            if undone := await _taken_back(session, wish):
                return undone
            said = await booking.book(session, wish, await categories_of(session, person.id, wish.now))
            if wish.goes_on or said[0].name == booking.ALREADY:
                return said
            return [*waiting(await situation(session, person, wish.now)), *said]

        return Answer(await say_once(session, speaker.turn_id, self.called, do))


class MissedAppointment(HentAction):
    """What everybody should know; then, for whoever may hear it, which one, and hours for another."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_missed_appointment")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """General words first: they hold whatever became of the appointment."""
        person = speaker.may_act(intent_of(tracker))
        general = [Saying("missed_appointment")]
        if person is None:
            return Answer([Saying(IDENTIFY_FIRST)] if entities_of(tracker).get("mine") else general)
        wish = wished(person, speaker, tracker)
        mine = await missing.missed(session, wish, await categories_of(session, person.id, wish.now))
        return Answer(mine if wish.answer else [*general, *mine])


class InvitationLink(HentAction):
    """Whether the link works, for whoever may hear it; caution and another way for everybody."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_invitation_link")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """From `expires_at`, never from what the SMS said."""
        person = speaker.may_act(intent_of(tracker))
        if person is None:
            identify = entities_of(tracker).get("mine")
            return Answer([Saying(IDENTIFY_FIRST if identify else "invitation_link")])
        mine = await inviting.invitation(session, person.id, now())
        return Answer([*mine, Saying("invitation_caution")])


def wished(person: Beneficiary, speaker: Speaker, tracker: Any) -> Wish:
    """What the message and its button say. What a button does not carry, or carries wrongly, is left out."""
    carried, at = entities_of(tracker), now()
    excuse, text = carried.get("excuse"), normalise(speaker.text)
    return Wish(
        person=person,
        asked=asked_by(speaker, Reason.asked),
        now=at,
        appointment=id_of(carried.get("appointment")),
        slot=id_of(carried.get("slot")),
        after=id_of(carried.get("after")),
        answer=carried.get("answer"),
        excuse=next((one for one in Excuse if one == excuse), None),
        wanted=as_carried(carried.get("wanted")),
        week_after=asks_week_after(text),
        hours=hours_preferred(speaker.text, at),
        refused=days_refused(speaker.text, at),
        said=read(text, at),
        takes_back=_takes_back(speaker.text, carried),
    )


def _takes_back(text: str, carried: Mapping[str, str]) -> bool:
    answer = carried.get("answer")
    return answer == "back" or (not (answer or carried.keys() & {"slot", "after"}) and asks("old_visit", text))


async def _taken_back(session: AsyncSession, wish: Wish) -> list[Saying]:
    return await undoing.undo(session, wish) if wish.takes_back else []
