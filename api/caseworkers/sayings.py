"""From those who follow a person to names and facts of `data/texts/pathway.yml`: who it is, and how to reach them."""

from datetime import date, timedelta

from api.authorities.hours import opening_phrase
from api.caseworkers.service import Contact, Following
from api.pathways.state import State
from api.texts.schemas import Saying

RECENT = timedelta(days=60)
"""A change that somebody may not have heard of."""


def who(found: Following) -> list[Saying]:
    """The professional, and whom to call while they are away; or else the team; nothing when neither is known."""
    if found.caseworker is None:
        return [Saying("caseworker_team", _named(found.team))] if found.team else []
    named = [Saying("caseworker_is", _named(found.caseworker))]
    if found.absence is None:
        return named
    named.append(Saying("caseworker_absent", {"since": found.absence.since, "until": found.absence.until}))
    if found.stand_in:
        return [*named, Saying("caseworker_stand_in", _named(found.stand_in))]
    return [*named, Saying("caseworker_team", _named(found.team))] if found.team else named


def reaching(found: Following, state: State, today: date) -> list[Saying]:
    """Who it is, since when if that is new, and when whoever is to be called now answers."""
    nobody = [] if found.caseworker else [Saying("caseworker_none")]
    present = found.stand_in or found.team if found.absence else found.caseworker or found.team
    recent = _recent(state, today) if found.caseworker else []
    return [*nobody, *who(found), *recent, *_hours(present)]


def _recent(state: State, today: date) -> list[Saying]:
    since = state.followed_since
    if since is None or today - since > RECENT:
        return []
    return [Saying("caseworker_since", {"since": since, "changed": state.changed})]


def _hours(contact: Contact | None) -> list[Saying]:
    """When they answer, if anything is known of it."""
    hours = opening_phrase(contact.hours) if contact else ""
    if not contact or not hours:
        return []
    return [Saying("caseworker_hours", {"hours": hours, "open_now": contact.reach.now, "opens_at": contact.reach.next})]


def _named(contact: Contact) -> dict[str, str]:
    return {"name": contact.name, "phone": contact.phone}
