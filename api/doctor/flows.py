"""What comes in is answered, what goes out leaves, what is old goes."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select

from api.conversations.delivery import BY_DAY
from api.conversations.routes import Why
from api.conversations.sms_tables import IncomingSms, OutgoingSms, SmsStatus
from api.conversations.tables import Conversation
from api.core.quiet_hours import next_allowed
from api.doctor.findings import House, Trouble
from api.mails.tables import MailStatus, OutgoingMail
from api.migrations.everything import METADATA
from api.privacy.retention import overdue

ANSWERED_WITHIN = timedelta(minutes=2)
"""A turn takes a second; a dead worker's people wait for a quarter of a minute."""
LEAVES_WITHIN = timedelta(minutes=10)
PURGED_EVERY = timedelta(days=2)
"""The worker deletes once a day: a day of it missed is not yet a fault."""
ACCOUNT = (Why.credentials, Why.no_credit, Why.wrong_sender, Why.no_provider)
"""What no new attempt cures."""
LATELY = timedelta(days=1)


async def questions(house: House) -> Trouble | None:
    """Nobody waits for an answer."""
    late = house.now - ANSWERED_WITHIN
    waits = Conversation.waiting_since < late
    arrived = (IncomingSms.handled_at.is_(None), IncomingSms.received_at < late)
    if not await _any(house, waits) and not await _any(house, *arrived):
        return None
    return Trouble(
        "Des messages attendent une réponse depuis plus de deux minutes.",
        "Le travailleur ou Rasa est trop lent ou arrêté : voyez leurs journaux, ajoutez un travailleur et un Rasa.",
    )


async def outbox(house: House) -> Trouble | None:
    """No SMS is due that nobody takes."""
    due = OutgoingSms.next_attempt_at < house.now - LEAVES_WITHIN
    open_ = OutgoingSms.status.in_([SmsStatus.queued, SmsStatus.sending])
    waits = OutgoingSms.kind.not_in(BY_DAY if _is_quiet(house.now) else ())
    if not await _any(house, due, open_, waits):
        return None
    return Trouble(
        "Des SMS auraient dû partir depuis plus de dix minutes.",
        "Aucun travailleur ne les prend : vérifiez HENT_SMS_PROVIDERS et le journal du travailleur.",
    )


async def sms_account(house: House) -> Trouble | None:
    """No provider refuses us."""
    lately = OutgoingSms.created_at > house.now - LATELY
    asked = select(OutgoingSms.why).where(lately, OutgoingSms.why.in_(ACCOUNT)).distinct().order_by(OutgoingSms.why)
    found = list(await house.session.scalars(asked))
    if not found:
        return None
    return Trouble(
        f"Le fournisseur de SMS nous a refusé des messages : {', '.join(map(str, found))}.",
        "Mot de passe, crédit ou numéro d'envoi à corriger chez lui (docs/sms-provider.md), puis renvoyer du bureau.",
    )


async def mails(house: House) -> Trouble | None:
    """No e-mail is due that nobody takes."""
    due = OutgoingMail.next_attempt_at < house.now - LEAVES_WITHIN
    if not await _any(house, due, OutgoingMail.status.in_([MailStatus.queued, MailStatus.sending])):
        return None
    return Trouble(
        "Des courriels auraient dû partir depuis plus de dix minutes.",
        "Vérifiez HENT_SMTP_HOST et le journal du travailleur : invitations et alertes attendent.",
    )


async def retention(house: House) -> Trouble | None:
    """What has been kept long enough is gone."""
    tables = await overdue(house.session, METADATA, house.now - PURGED_EVERY)
    if not tables:
        return None
    return Trouble(
        f"Des données ont dépassé leur durée de conservation : {', '.join(tables)}.",
        "Le travailleur efface une fois par jour. Lancez hent purge, et voyez pourquoi il ne le fait pas.",
    )


def _is_quiet(now: datetime) -> bool:
    return next_allowed(now) != now


async def _any(house: House, *conditions: ColumnElement[bool]) -> bool:
    return bool(await house.session.scalar(select(exists().where(*conditions))))
