"""What only people put in: an authority, whoever watches over the desk, facts that somebody read again."""

from sqlalchemy import exists, select

from api.authorities.tables import Authority
from api.caseworkers.tables import Caseworker, CaseworkerAccount, Role
from api.conversations.routes import ANYBODY
from api.core.clock import paris
from api.doctor.findings import House, Place, Trouble
from api.knowledge.reviewing import due


async def authorities(house: House) -> Trouble | None:
    """Those that settings name exist."""
    named = {house.settings.default_authority, *house.settings.sms_routes} - {ANYBODY}
    known = set(await house.session.scalars(select(Authority.code)))
    missing = sorted(named - known)
    if not missing:
        return None
    return Trouble(
        f"Collectivités inconnues : {', '.join(missing)}.",
        "Corrigez HENT_DEFAULT_AUTHORITY ou HENT_SMS_ROUTES, ou ajoutez la collectivité.",
    )


async def supervisors(house: House) -> Trouble | None:
    """Somebody can sign in and give out requests."""
    signed = exists().where(CaseworkerAccount.caseworker_id == Caseworker.id)
    there = exists().where(Caseworker.role == Role.supervisor, Caseworker.active, signed)
    if await house.session.scalar(select(there)):
        return None
    return Trouble(
        "Aucun responsable d'équipe ne peut entrer au bureau : les demandes n'iraient à personne.",
        "hent caseworker add … --role supervisor ; l'invitation vaut sept jours.",
    )


async def facts(place: Place) -> Trouble | None:
    """Amounts, delays and numbers were checked in time."""
    today = paris(place.now).date()
    late = [review for review in due(today) if review.stated.overdue(today)]
    if not late:
        return None
    return Trouble(
        f"{len(late)} faits datés n'ont pas été relus à temps ; ils sont dits avec prudence.",
        "hent facts due les liste ; mettez Hent à jour, ou relisez leurs sources.",
    )
