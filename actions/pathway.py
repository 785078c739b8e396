"""Where somebody is in their pathway, their contract, and who follows them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction, PersonalAction, entities_of, intent_of, words_of
from actions.asking import asked_by
from actions.speaker import Speaker
from api.appointments.outlook import Outlook
from api.appointments.service import outlook_of
from api.authorities.communes import communes
from api.beneficiaries.tables import Beneficiary
from api.caseworkers import sayings as caseworkers
from api.caseworkers.service import followed_by
from api.conversations.drafts import say_once
from api.core.clock import now, paris
from api.core.database import Database
from api.escalations.service import ask_human
from api.escalations.tables import Reason
from api.knowledge.plain import asks
from api.pathways import sayings
from api.pathways.service import Situation, situation
from api.pathways.state import Stage
from api.privacy.disclosure import could_earn_more
from api.texts.schemas import IDENTIFY_FIRST, Saying


class PathwayStatus(PersonalAction):
    """Where the person is, what they wait for, and what comes next; what comes next in general, for everybody."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_pathway_status")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """Nobody needs to say who they are to be told how it goes on."""
        if speaker.may_act(intent_of(tracker)) is None and asks("what_next", words_of(tracker)):
            return Answer([Saying("pathway_steps")])
        return await super().answer(session, speaker, tracker)

    async def about(self, session: AsyncSession, person: Beneficiary, speaker: Speaker, tracker: Any) -> Answer:
        """The verdict first; an appointment is asked for where the authority is late."""
        moment = now()
        found = await situation(session, person, moment)
        visits = await outlook_of(session, person.id, moment)
        asked = await requested(self, session, speaker, found, visits)
        said = [*sayings.verdict(found), *sayings.agreement(found)]
        if found.state.stage is not Stage.closed:
            following = await followed_by(session, person, found.state, moment)
            said += [*sayings.coming(visits, moment), *asked, *sayings.next_step(found), *caseworkers.who(following)]
        return Answer([*said, *sayings.leads_on(found, visits, _near(speaker))])


class ReportChange(HentAction):
    """That nothing is passed on, and where to tell it: the bank account is told in a place of its own."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_report_change")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The same for everybody."""
        return Answer([Saying("report_bank" if asks("report_bank", words_of(tracker)) else "report_change")])


class AboutCaseworker(PersonalAction):
    """Who follows the person, and how to reach them."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_caseworker")

    async def about(self, session: AsyncSession, person: Beneficiary, speaker: Speaker, tracker: Any) -> Answer:
        """Their name and number, and whoever answers while they are away."""
        moment = now()
        found = await situation(session, person, moment)
        visits = await outlook_of(session, person.id, moment)
        if found.state.stage is Stage.closed:
            return Answer([*sayings.verdict(found), *sayings.leads_on(found, visits, _near(speaker))])
        if person.confidential:
            return Answer([Saying("caseworker_kept")])
        following = await followed_by(session, person, found.state, moment)
        said = caseworkers.reaching(following, found.state, paris(moment).date())
        asked = [] if following.caseworker else await requested(self, session, speaker, found, visits)
        return Answer([*said, *asked, Saying("caseworker_call")])


class AboutContract(HentAction):
    """What a contract is, for everybody; first their own, for whoever may hear of it."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_contract")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """Whoever asks for their own must say who they are."""
        intent, only_mine = intent_of(tracker), entities_of(tracker).get("mine") == "yes"
        person = speaker.may_act(intent)
        if person is None:
            offered = could_earn_more(intent, speaker.audience)
            only_mine = only_mine or (offered and asks("own_contract", words_of(tracker)))
            return Answer([Saying(IDENTIFY_FIRST) if only_mine else Saying("ask_contract", {"mine": offered})])
        found = await situation(session, person, now())
        own = sayings.agreement(found) or [Saying("contract_none")]
        return Answer(own if only_mine else [*own, Saying("ask_contract", {"mine": False})])


async def requested(
    action: HentAction, session: AsyncSession, speaker: Speaker, found: Situation, visits: Outlook
) -> Sequence[Saying]:
    """That an appointment was asked for, where the authority is late and none is planned: once while it is open."""
    if not found.needs_appointment(visits):
        return []

    async def ask() -> Sequence[Saying]:
        moment = now()
        asked = asked_by(speaker, Reason.first_appointment, line=sayings.line(found))
        promise = await ask_human(session, asked, moment)
        return [Saying("pathway_request", promise.facts | {"late": promise.escalation.due_at < moment})]

    return await say_once(session, speaker.turn_id, action.called, ask)


def _near(speaker: Speaker) -> tuple[str, str] | None:
    commune = communes().get(speaker.near or "")
    return (commune.insee, commune.name) if commune else None
