"""One course of those that were shown: its details, and wanting to join it."""

from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction, entities_of, id_of, intent_of, words_of
from actions.asking import asked_by
from actions.slots import TRAINING, occasion, open_search
from actions.speaker import Speaker
from actions.training import COURSE, asked_in, shown
from api.beneficiaries.tables import Beneficiary
from api.conversations.drafts import say_once
from api.conversations.following import HELPS, about
from api.core.clock import now, today
from api.core.database import Database
from api.escalations.tables import Reason
from api.privacy.disclosure import could_earn_more, permitted
from api.texts.schemas import IDENTIFY_FIRST, Saying
from api.training import service
from api.training.applying import DECLINED, Applicant, apply, in_general
from api.training.details import details
from api.training.picking import Asked, Picked, pick
from api.training.which import Pointing


class TrainingDetail(HentAction):
    """What one course is, when it was shown; a trade or a place that was not is looked for."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_training_detail")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The details, or the question which course."""
        picked = await pick(session, speaker.conversation_id, asked_of(tracker))
        if picked.elsewhere:
            return await _search(self, session, speaker, tracker)
        helped = await _of_help(session, speaker, tracker, picked, "help_what")
        return Answer(helped or details(picked, today(), words_of(tracker)), _about(picked))


class ApplyTraining(HentAction):
    """Wanting to join a course: what everybody should know, or one step of telling whoever follows the person."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_apply_training")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """In general, or about the person who may be answered."""
        carried, person = entities_of(tracker), speaker.may_act(intent_of(tracker))
        if carried.get("answer") == "no":
            return Answer([DECLINED])
        if person is None and carried.get("mine"):
            return Answer([Saying(IDENTIFY_FIRST)])
        picked = await pick(session, speaker.conversation_id, asked_of(tracker))
        if picked.elsewhere:
            return await self._elsewhere(session, speaker, tracker, picked)
        if helped := await _of_help(session, speaker, tracker, picked, "help_access"):
            return Answer(helped)
        if person is None:
            return Answer(self._in_general(speaker, tracker, picked), _about(picked))
        return Answer(await self._apply(session, speaker, tracker, person, picked), _about(picked))

    async def _apply(
        self, session: AsyncSession, speaker: Speaker, tracker: Any, person: Beneficiary, picked: Picked
    ) -> list[Saying]:
        carried = entities_of(tracker)
        hears_file = "training" in permitted(intent_of(tracker), speaker.audience)
        who = Applicant(person.id, asked_by(speaker, Reason.training_application), now(), hears_file)
        # A yes is to the course that its button carries, whatever was shown since.
        agreed = carried.get("answer") == "yes" and bool(id_of(carried.get("session")))
        return await say_once(session, speaker.turn_id, self.called, lambda: apply(session, who, picked, agreed=agreed))

    async def _elsewhere(self, session: AsyncSession, speaker: Speaker, tracker: Any, picked: Picked) -> Answer:
        found = await _search(self, session, speaker, tracker)
        known = bool(speaker.may_act(intent_of(tracker)))
        return found if known else Answer([*self._in_general(speaker, tracker, picked), *found.sayings], found.slots)

    @staticmethod
    def _in_general(speaker: Speaker, tracker: Any, picked: Picked) -> list[Saying]:
        return in_general(picked, today(), could_identify=could_earn_more(intent_of(tracker), speaker.audience))


def asked_of(tracker: Any) -> Asked:
    """What the message, its button and Rasa's slots say of one course."""
    carried = entities_of(tracker)
    return Asked(
        said=Pointing(words_of(tracker), carried.get("trade"), carried.get("place")),
        search_id=open_search(tracker, TRAINING),
        course=id_of(carried.get("session")),
        last=id_of(tracker.slots.get(COURSE)),
    )


async def _search(action: HentAction, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
    # "Je prends celle de Quimper" names a place; its other words name no subject.
    asked = replace(asked_in(tracker.latest_message, speaker.near, today()), words=None)
    return shown(
        await service.search(
            session, occasion(action, speaker, tracker, TRAINING), asked, open_search(tracker, TRAINING)
        )
    )


async def _of_help(session: AsyncSession, speaker: Speaker, tracker: Any, picked: Picked, name: str) -> list[Saying]:
    """What is asked of a French course that was shown as help: that no course had been shown was all it was told."""
    if picked.offer or picked.gone or picked.among:
        return []
    return await about(session, speaker.conversation_id, name, HELPS, words_of(tracker))


def _about(picked: Picked) -> dict[str, str | None]:
    return {COURSE: str(picked.offer.session.id)} if picked.offer else {}
