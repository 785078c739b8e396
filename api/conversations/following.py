"""What a question that leans on what we showed is answered with: the facts of those courses, services or appointment.

Nothing is looked for again: the drafts of what was said hold them, and a list's number says which one is meant.
"""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.drafts import last_draft
from api.conversations.tables import Draft
from api.core.folding import words
from api.core.normaliser import normalise
from api.texts.schemas import Saying
from api.training.which import hours_in, nth

COURSES, HELPS, VISIT, VISIT_WITH = "courses", "helps", "visit", "visit_with"
TOLD = {
    COURSES: ("training_item", "training_detail"),
    HELPS: ("support_item", "support_item_to_ask"),
    # Of an appointment only the paragraph that says when: a place or a name is of another kind (disclosure.yml).
    VISIT: ("appointment_today", "appointment_next"),
    VISIT_WITH: ("appointment_today", "appointment_next"),
}
"""Texts that tell of each, by what `about` of data/reference/narrower/ calls them."""
PERSON = "appointment_with"
"""A kind of fact of its own: whoever may not hear it hears whom to ask."""
LONG = 5
"""Letters of a word that tells by itself which one is meant ("et le forum ?"); shorter ones stand in many names."""


class Kept(NamedTuple):
    """Names of facts of one kind."""

    number: str
    names: tuple[str, ...]


KEPT = {COURSES: Kept("provider_phone", ("title", "provider", "town")), HELPS: Kept("phone", ("name", "structure"))}


async def about(session: AsyncSession, conversation_id: UUID, name: str, kind: str, text: str) -> list[Saying]:
    """A text with the facts of what was shown last of this kind; nothing when nothing was."""
    last = await last_draft(session, conversation_id, TOLD[kind])
    if last is None:
        return []
    if kind == VISIT:
        return [Saying(name, last.facts)]
    if kind == VISIT_WITH:
        return [*await _whom(session, conversation_id, last), Saying(name, {"phone": last.facts.get("phone")})]
    drafts = await _of_turn(session, last.turn_id, TOLD[kind])
    shown = [draft.facts | {"through_caseworker": draft.say == "support_item_to_ask"} for draft in drafts]
    meant = _meant(shown, KEPT[kind], normalise(text))
    return [
        Saying(name, _facts(kind, meant) | ({"hours_asked": _others_hours(shown, text)} if kind == COURSES else {}))
    ]


def _others_hours(shown: Sequence[dict[str, Any]], text: str) -> int | None:
    """Hours that a message names and no course has: "et 1540 heures, c'est combien de mois ?"."""
    hours = hours_in(normalise(text))
    return hours if hours not in {one.get("hours") for one in shown} else None


async def _whom(session: AsyncSession, conversation_id: UUID, visit: Draft) -> list[Saying]:
    """Whom they meet, if it was told with this appointment, then or before ("et les papiers ?" leaves it out)."""
    person = await last_draft(session, conversation_id, (PERSON,))
    beside = await _of_turn(session, person.turn_id, TOLD[VISIT]) if person else []
    told = any(draft.facts.get("id") == visit.facts.get("id") for draft in beside)
    return [Saying(PERSON, person.facts)] if person and told else []


async def _of_turn(session: AsyncSession, turn_id: UUID, names: Collection[str]) -> Sequence[Draft]:
    mine = select(Draft).where(Draft.turn_id == turn_id, Draft.say.in_(names)).order_by(Draft.ordinal)
    return (await session.scalars(mine)).all()


def _meant(shown: Sequence[dict[str, Any]], kept: Kept, text: str) -> Sequence[dict[str, Any]]:
    """Those that a normalised text names, by their place ("la deuxieme") or a word of their names; or else all."""
    place = nth(text)
    if place is not None and -1 <= place < len(shown):
        return [shown[place]]
    lasting = [one for one in shown if one.get("hours") and one["hours"] == hours_in(text)]
    if lasting:
        return lasting
    said = {word for word in text.split() if len(word) >= LONG}
    named = [one for one in shown if said & set(words(" ".join(one.get(fact) or "" for fact in kept.names)))]
    return named or shown


def _facts(kind: str, shown: Sequence[dict[str, Any]]) -> dict[str, Any]:
    numbers = dict.fromkeys(one[KEPT[kind].number] for one in shown if one.get(KEPT[kind].number))
    return {kind: list(shown), "numbers_to_call": list(numbers), "several": list(shown) if len(shown) > 1 else []}
