"""What is brought about by a word that is obeyed at once by SMS; who looks after the person is told of it."""

from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations.silence import let_speak, silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
from api.conversations.sms_words import Command
from api.conversations.tables import Conversation
from api.core.clock import now
from api.escalations.service import Asked, open_one, open_request, route_for, tell
from api.escalations.tables import Reason
from api.letters import keeping
from api.privacy.audience import Channel
from api.texts.schemas import Saying

STOPPED = "stop_sms"
"""The text that confirms it by SMS. A sentence that Rasa understood ends in it: to say it is to do it."""
ANSWERS = {
    Command.stop: STOPPED,
    Command.start: "sms_started",
    Command.wrong_number: "sms_wrong_number",
    Command.help: "sms_help",
    Command.picture: "sms_picture",
}
SILENCES = {Command.stop: Silence.stop, Command.wrong_number: Silence.wrong_number}
TOLD = {
    Command.stop: "Ne veut plus de SMS de notre part (STOP). Ce n'est pas un refus : ses rendez-vous tiennent.",
    Command.wrong_number: "Numéro à vérifier : qui répond dit que ce n'est pas la bonne personne. Plus rien n'y part.",
}
"""What the desk reads."""
STARTED_BY_US = (SmsKind.nudge, SmsKind.reminder)
SHARED_BY = 10
"""More people than ever had one telephone; a number that a shelter gives to everybody is told of ten times."""


async def obey(session: AsyncSession, conversation: Conversation, order: Command, *, asked: bool) -> list[Saying]:
    """Do it, and what is said of it: an order that was obeyed before is not confirmed again.

    `asked`: it was put in a sentence, which is answered each time.
    """
    assert conversation.phone, "only an SMS is obeyed"
    if order in SILENCES:
        fresh = await silence(session, conversation.phone, SILENCES[order])
        if not fresh and not asked:
            return []
        await _hold_back(session, conversation.phone, order)
        await keeping.stop(session, conversation)
    if order is Command.start:
        await let_speak(session, conversation.phone)
    return [Saying(ANSWERS[order])]


async def tell_service(session: AsyncSession, conversation: Conversation, order: Command, moment: datetime) -> None:
    """Those who follow whoever has this number learn it, once while they have not closed it: it never rings.

    No conversation goes with it: who wrote is not known for sure.
    """
    if order not in TOLD:
        return
    having = select(Beneficiary).where(Beneficiary.phone == conversation.phone).order_by(Beneficiary.id)
    opened = []
    for person in await session.scalars(having.limit(SHARED_BY)):
        asked = Asked(Reason.number, TOLD[order], person.authority_code, Channel.sms, person=person, to_know=True)
        if await open_one(session, asked) is None:
            opened.append(await open_request(session, asked, await route_for(session, asked, moment), moment))
    for row in sorted(opened, key=lambda row: str(row.organisation_id)):
        await tell(session, row)


async def _hold_back(session: AsyncSession, phone: str, order: Command) -> None:
    """What waits to leave: of a stranger's telephone everything, or else what we start ourselves."""
    waiting = update(OutgoingSms).where(OutgoingSms.phone == phone, OutgoingSms.status == SmsStatus.queued)
    if order is Command.stop:
        # What is put off until the morning answers nothing: somebody of the service wrote first.
        put_off = and_(OutgoingSms.attempts == 0, OutgoingSms.next_attempt_at > now())
        waiting = waiting.where(or_(OutgoingSms.kind.in_(STARTED_BY_US), put_off))
    await session.execute(waiting.values(status=SmsStatus.dead, why=str(order)))
