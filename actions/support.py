"""Looking for help, for its next page, and for work."""

from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction, entities_of
from actions.asking import asked_by
from actions.slots import SUPPORT, found_answer, occasion, open_search
from actions.speaker import Speaker
from api.authorities import places
from api.authorities.communes import Commune, communes
from api.authorities.service import authority_for_commune
from api.conversations.drafts import say_once
from api.core.clock import now, today
from api.core.database import Database
from api.escalations.tables import Reason
from api.support import asking, sayings, service
from api.support.partnership import work
from api.support.service import Asked
from api.support.themes import Theme, themes, themes_in
from api.texts.schemas import Saying


class SearchSupport(HentAction):
    """A search, begun or refined by what the message names; or help that a caseworker is asked for."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_search_support")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The first page, or the one question that is still open."""
        entities = entities_of(tracker)
        if "service" in entities:
            return Answer(await self._ask(session, speaker, entities))
        return await self.search(session, speaker, tracker)

    async def search(self, session: AsyncSession, speaker: Speaker, tracker: Any, theme: Theme | None = None) -> Answer:
        """The first page; of help with `theme`, where the message names none."""
        asked = _asked(tracker, speaker)
        asked = replace(asked, themes=(theme,)) if theme else asked
        this = occasion(self, speaker, tracker, SUPPORT)
        return found_answer(SUPPORT, await service.search(session, this, asked, open_search(tracker, SUPPORT)))

    async def _ask(self, session: AsyncSession, speaker: Speaker, entities: dict[str, str]) -> list[Saying]:
        wanted = await asking.service_named(session, entities["service"])
        if wanted is None:
            return [sayings.ASK_THEME]
        match entities.get("answer"):
            case "no":
                return [asking.NOT_ASKED]
            case "yes":
                asked = asked_by(speaker, Reason.support)
                return await say_once(
                    session,
                    speaker.turn_id,
                    self.called,
                    lambda: asking.ask_caseworker(session, wanted, asked, now()),
                )
            case _:
                return [asking.confirm(wanted)]


class MoreSupport(HentAction):
    """The next page; "d'autres à Quimper ?" is a new place and begins there."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_more_support")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The next page of the open search."""
        asked, search_id = _asked(tracker, speaker), open_search(tracker, SUPPORT)
        this = occasion(self, speaker, tracker, SUPPORT)
        if asked.place or asked.themes:
            return found_answer(SUPPORT, await service.search(session, this, asked, search_id))
        return found_answer(SUPPORT, await service.more(session, this, search_id, known=asked.known))


class SearchJob(HentAction):
    """Whom to call for work, and what the partnership offers where the person is."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_search_job")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """What exists around the place that is named, or else where the person is followed."""
        named = _place_named(tracker.latest_message, speaker.near)
        code = authority_for_commune(named.insee) if named else speaker.authority_code
        near = named or communes().get(speaker.near or "")
        return Answer(await work(session, code, near, today()))


def asked_in(message: dict[str, Any], near: str | None = None, *, known: bool = False) -> Asked:
    """What a parsed message asks for.

    `message`: Rasa's latest_message, `{intent: {name}, text, entities: [{entity, value, start, end}]}`; `near`: where
    the person lives; `known`: whether a caseworker can be asked for them.
    """
    place = _last(message, "place")
    hint, found = places.clue(message.get("text") or ""), themes_of(message)
    begins = (message.get("intent") or {}).get("name") == "search_support"
    anew = begins and not (place or hint or found)
    return Asked(place=place, hint=hint, near=near, themes=found, anew=anew, known=known)


def _asked(tracker: Any, speaker: Speaker) -> Asked:
    return asked_in(tracker.latest_message, speaker.near, known=speaker.person is not None)


def themes_of(message: dict[str, Any]) -> tuple[Theme, ...]:
    """The needs that a parsed message names: the one of its button, or else those of its words."""
    if chosen := themes().get(_last(message, "theme") or ""):
        return (chosen,)
    text = list(message.get("text") or "")
    for entity in message.get("entities") or []:
        if entity["entity"] == "place":
            # "Lit-et-Mixe" is no bed: what names a place names nothing else.
            text[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    return themes_in("".join(text))


def _last(message: dict[str, Any], entity: str) -> str | None:
    found = [one["value"] for one in message.get("entities") or [] if one["entity"] == entity]
    return found[-1] if found else None


def _place_named(message: dict[str, Any], near: str | None) -> Commune | None:
    """The commune that a message names, if there is no doubt which: nothing is asked before work is told."""
    asked = asked_in(message, near)
    insee, namesakes = places.moved(asked, None) if asked.place or asked.hint else (None, [])
    return communes().get(insee or "") if not namesakes else None
