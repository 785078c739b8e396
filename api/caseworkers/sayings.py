"""From those who follow a person to names and facts of `data/texts/pathway.yml`: who it is, and how to reach them."""

from datetime import date, timedelta

from api.authorities.hours import opening_phrase
from api.caseworkers.service import Contact, Following
from api.pathways.state import State
from api.texts.schemas import Saying

RECENT = timedelta(days=60)
"""A change that somebody may not have heard of."""


def who(found: Following) -> list[Saying]:
    """The professional or else the team; nothing when neither is known."""
    if found.caseworker:
        return [Saying("caseworker_is", _named(found.caseworker))]
    return [Saying("caseworker_team", _named(found.team))] if found.team else []


def reaching(found: Following, state: State, today: date) -> list[Saying]:
    """Who it is, since when if that is new, and whom to call now: during an absence, the stand-in or the team."""
    if found.caseworker is None:
        return [Saying("caseworker_none"), *who(found), *_hours(found.team)]
    if found.absence is None:
        return [*who(found), *_recent(state, today), *_hours(found.caseworker)]
    away = {"since": found.absence.since, "until": found.absence.until}
    return [*who(found), *_recent(state, today), Saying("caseworker_absent", away), *_instead(found)]


def _instead(found: Following) -> list[Saying]:
    if found.stand_in:
        return [Saying("caseworker_stand_in", _named(found.stand_in)), *_hours(found.stand_in)]
    return [Saying("caseworker_team", _named(found.team)), *_hours(found.team)] if found.team else []


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
