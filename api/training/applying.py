"""Wanting to join a course: asked once more, written here, told to whoever follows the person, sent to nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.places import town
from api.core.clock import paris
from api.escalations.service import Asked, ask_human
from api.texts.formats import full_date
from api.texts.schemas import Saying
from api.training.details import NOTHING_SHOWN, closed
from api.training.picking import Picked
from api.training.sayings import item, labelled
from api.training.search import Offer
from api.training.shown import is_open
from api.training.tables import Entry, Teaching, TrainingApplication

DECLINED = Saying("training_apply_declined")


@dataclass(frozen=True)
class Applicant:
    """Somebody who may join a course in this conversation."""

    beneficiary_id: UUID
    asked: Asked
    """How they would ask for a human."""
    now: datetime
    hears_file: bool
    """Whether the conversation may hear what they asked for before."""


async def apply(session: AsyncSession, who: Applicant, picked: Picked, *, agreed: bool) -> Sequence[Saying]:
    """One step: which course, then whether to tell, then told. The same course twice is one wish."""
    offer = picked.offer
    if offer is None and not picked.gone:
        return [Saying("training_apply_which", {"courses": labelled(picked.among)}) if picked.among else NOTHING_SHOWN]
    if offer is None or not is_open(offer, paris(who.now).date()):
        return [closed(offer)]
    before = await _asked_before(session, who, offer)
    if before and who.hears_file:
        return [Saying("training_already_applied", _facts(offer) | {"asked_on": before})]
    return [await _tell(session, who, offer) if agreed else Saying("training_apply_confirm", _facts(offer))]


def in_general(picked: Picked, today: date, *, could_identify: bool) -> list[Saying]:
    """What everybody may know of joining a course; and the way to have it told, for whoever can say who they are."""
    if picked.gone or (picked.offer and not is_open(picked.offer, today)):
        return [closed(picked.offer)]
    nothing = {"id": "", "title": None, "provider": None, "provider_phone": None}
    known = _facts(picked.offer) if picked.offer else nothing
    shown = bool(picked.offer or picked.among)
    told = {"can_tell": could_identify and shown, "shown": shown, "several": _called(picked.among)}
    return [Saying("apply_training", known | told)]


async def _tell(session: AsyncSession, who: Applicant, offer: Offer) -> Saying:
    wish = insert(TrainingApplication).values(beneficiary_id=who.beneficiary_id, session_id=offer.session.id)
    await session.execute(wish.on_conflict_do_nothing())
    promise = await ask_human(session, replace(who.asked, line=_line(offer)), who.now)
    return Saying("training_applied", promise.facts | _facts(offer))


async def _asked_before(session: AsyncSession, who: Applicant, offer: Offer) -> datetime | None:
    mine = select(TrainingApplication.created_at).where(TrainingApplication.beneficiary_id == who.beneficiary_id)
    return await session.scalar(mine.where(TrainingApplication.session_id == offer.session.id))


def _facts(offer: Offer) -> dict[str, object]:
    told = item(offer)
    return {"id": str(offer.session.id)} | {
        name: told[name] for name in ("title", "town", "provider", "provider_phone")
    }


def _called(offers: Sequence[Offer]) -> list[dict[str, object]]:
    """Whom to call for each of several."""
    named = zip(labelled(offers), offers, strict=True)
    return [
        {"label": one["label"], "provider": offer.training.provider, "provider_phone": offer.session.phone}
        for one, offer in named
    ]


def _line(offer: Offer) -> str:
    """ "Veut suivre : CAP cuisine, Dinan, le 11 janvier 2027": for whoever follows the person."""
    session = offer.session
    where = "à distance" if session.teaching is Teaching.remote else town(session)
    fixed = session.starts_on if session.entry is Entry.fixed else None
    when = f"le {full_date(fixed)}" if fixed else "entrée toute l'année"
    return f"Veut suivre : {offer.training.title}, {where}, {when}"
