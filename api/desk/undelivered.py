"""SMS that did not leave or did not arrive: whose they are, why, and once more when somebody has put it right."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Role
from api.conversations.routes import Why
from api.conversations.silence import silenced
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsReceipt, SmsStatus
from api.conversations.tables import Message
from api.core.database import notify
from api.core.errors import Conflict, NotFound
from api.desk.journal import note_access
from api.desk.people.scope import followed
from api.desk.scope import check_role
from api.desk.watching import show, watching
from api.escalations.tables import Escalation

SHOWN = 100
AGAIN = "/desk/sms/{sms}/resend"
GIVEN_UP = OutgoingSms.status.in_([SmsStatus.dead, SmsStatus.failed]) | (
    (OutgoingSms.status == SmsStatus.unknown) & OutgoingSms.why.in_([Why.restored, Why.untold])
)
"""What does not go any more by itself: it did not arrive, or nobody knows, since a dump or since nobody told."""
KINDS = {
    SmsKind.reply: "Réponse",
    SmsKind.nudge: "Annonce d'une réponse sur le site",
    SmsKind.reminder: "Rappel",
    SmsKind.notice: "Confirmation",
}
"""A code is not shown: it is of no use by now, and whoever needs one asks for another."""
WORDS = {
    Why.no_such_number: "Ce numéro n'existe pas.",
    Why.unreachable: "Le téléphone ne reçoit pas les SMS en ce moment.",
    Why.expired: "Le téléphone est resté éteint trop longtemps.",
    Why.refused: "L'opérateur a refusé ce message.",
    Why.wrong_sender: "L'opérateur refuse notre numéro d'envoi. Prévenez votre administrateur.",
    Why.credentials: "Notre compte d'envoi est refusé. Prévenez votre administrateur.",
    Why.no_credit: "Notre compte d'envoi n'a plus de crédit. Prévenez votre administrateur.",
    Why.too_many: "Trop de SMS partaient en même temps.",
    Why.provider_down: "Le service d'envoi était en panne.",
    Why.no_answer: "Le service d'envoi n'a pas répondu.",
    Why.withdrawn: "La fiche est devenue confidentielle avant le départ du SMS.",
    Why.restored: "Le service a été rétabli d'après une sauvegarde : ce SMS est peut-être déjà parti.",
    Why.untold: "L'opérateur n'a jamais dit si ce SMS est arrivé. Il est peut-être arrivé.",
    Why.no_provider: "Aucun service d'envoi n'est réglé pour votre collectivité. Prévenez votre administrateur.",
}
NOT_SAID = "L'opérateur ne dit pas pourquoi."
SENT_AGAIN = frozenset({SmsKind.reply, SmsKind.nudge})
"""What somebody wrote, or that somebody did. A reminder may be wrong by now: the appointment moved, the day is over."""
WITHHELD = "Rien ne part par SMS pour un dossier confidentiel. Dites-le à la personne de vive voix."
OUT_OF_DATE = "Ce message n'est peut-être plus vrai. Appelez la personne."
UNWANTED = {
    Silence.stop: "La personne ne veut plus de SMS. Appelez-la.",
    Silence.wrong_number: "Ce numéro est celui d'une autre personne. Cherchez le bon.",
}
"""A number that seemed dead may be tried again: whoever asks for that knows more."""


@dataclass(frozen=True)
class Lost:
    """One of them; no number and no text: whoever may read them finds both in the request or in the file."""

    id: UUID
    kind: str
    at: datetime
    why: str
    kept: str | None
    """Why it is not to be sent again, in words; None: it may be."""
    person: UUID | None
    name: str | None
    escalation: UUID | None


async def listed(session: AsyncSession, who: Account) -> list[Lost]:
    """A supervisor's whole organisation's, a caseworker's own; the newest first. Raises NotAllowedHere."""
    check_role(who)
    rows = _reached(who).where(GIVEN_UP).order_by(OutgoingSms.created_at.desc()).limit(SHOWN)
    return [await _shown(session, who, row) for row in await session.scalars(rows)]


async def resend(session: AsyncSession, who: Account, sms_id: UUID, now: datetime) -> None:
    """Queue it again, as if it had never been tried; asked twice, it goes once.

    Raises NotAllowedHere; NotFound for another's, as for none; Conflict if the person wants none, or it is out of date.
    """
    check_role(who)
    shown = await watching(session, [sms_id])
    row = await session.scalar(_reached(who).where(OutgoingSms.id == sms_id).with_for_update(of=OutgoingSms))
    if row is None:
        raise NotFound("Ce SMS n'existe pas.", error="unknown_sms")
    if not await session.scalar(select(GIVEN_UP).where(OutgoingSms.id == row.id)):
        return
    if kept := await _kept(session, row):
        raise Conflict(kept, error="not_again")
    await _forget_receipts(session, row)
    row.status, row.attempts, row.next_attempt_at = SmsStatus.queued, 0, now
    row.why = row.provider = row.provider_reference = row.sent_at = row.accepted_at = row.ended_at = None
    # What it cost the first time was paid.
    row.counted_in = None
    person = await session.scalar(_person(who, row))
    if person:
        await note_access(session, who, AGAIN, person.id)
    await show(session, shown, [row.id])
    await notify(session, "sms")


async def _forget_receipts(session: AsyncSession, row: OutgoingSms) -> None:
    """What was told of the attempts before: the same told of the next one must not look like a repetition."""
    ours = SmsReceipt.reference.in_([str(row.id), row.provider_reference or str(row.id)])
    await session.execute(delete(SmsReceipt).where(ours))


def _reached(who: Account) -> Select[OutgoingSms]:
    """Of a request or a person of one's organisation; for a caseworker, of one's own."""
    request: ColumnElement[bool] = Escalation.organisation_id == who.organisation_id
    person = followed(who)
    if who.role is not Role.supervisor:
        request &= Escalation.owner_id == who.id
        person &= Beneficiary.caseworker_id == who.id
    asked = select(Message.id).join(Escalation, Escalation.conversation_id == Message.conversation_id)
    here = exists(asked.where(Message.id == OutgoingSms.message_id, request))
    known = exists().where(Beneficiary.phone == OutgoingSms.phone, person)
    return select(OutgoingSms).where(or_(here, known), OutgoingSms.kind.in_(KINDS))


def _person(who: Account, row: OutgoingSms) -> Select[Beneficiary]:
    return select(Beneficiary).where(Beneficiary.phone == row.phone, followed(who)).order_by(Beneficiary.id).limit(1)


async def _shown(session: AsyncSession, who: Account, row: OutgoingSms) -> Lost:
    person = await session.scalar(_person(who, row))
    asked = select(Escalation.id).join(Message, Message.conversation_id == Escalation.conversation_id)
    here = asked.where(Message.id == row.message_id, Escalation.organisation_id == who.organisation_id)
    return Lost(
        id=row.id,
        kind=KINDS[row.kind],
        at=row.created_at,
        why=words(row.why),
        kept=await _kept(session, row),
        person=person.id if person else None,
        name=f"{person.first_name} {person.last_name}" if person else None,
        escalation=await session.scalar(here.order_by(Escalation.created_at.desc()).limit(1)),
    )


async def _kept(session: AsyncSession, row: OutgoingSms) -> str | None:
    """Why it stays here, whatever is put right at the operator's."""
    if row.why == Why.withdrawn:
        return WITHHELD
    silent = await silenced(session, row.phone)
    if silent in UNWANTED:
        return UNWANTED[silent]
    # The link that it holds opens nothing since.
    dead_link = row.kind is SmsKind.nudge and row.why == Why.restored
    return None if row.kind in SENT_AGAIN and not dead_link else OUT_OF_DATE


def words(why: str | None) -> str:
    """Why, for people at work; an operator's own word as it is, for whoever asks the operator."""
    if not why:
        return NOT_SAID
    return WORDS[Why(why)] if why in set(Why) else f"L'opérateur répond « {why} »."
