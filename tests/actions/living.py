"""People with journals, and what is said to them."""

from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import select

from api.beneficiaries.tables import Beneficiary
from api.conversations.tables import Draft
from api.core.clock import now, today
from api.core.database import Database
from api.core.normaliser import normalise
from api.escalations.tables import Escalation
from api.pathways.tables import FactKind
from api.privacy.audience import Audience, Channel, Level
from api.texts.schemas import Saying
from api.texts.service import Verdict, judge
from tests import factories
from tests.actions.test_listener import ALLOWED, PHONE, call, says, talking
from tests.api.pathways.journals import live
from tests.test_content import VOICE

STATUS = ("action_pathway_status", "ask_pathway_status")
CONTRACT = ("action_contract", "ask_contract")
CASEWORKER = ("action_caseworker", "ask_caseworker")


class House:
    """People with journals, and what is said to them."""

    def __init__(self, database: Database, client: httpx.AsyncClient) -> None:
        self.database, self.client = database, client

    async def lives(self, *facts: tuple[FactKind, int, Any], **given: Any) -> Beneficiary:
        """A person with this journal: (kind, days ago, detail)."""
        async with self.database.transaction() as session:
            person = await factories.person(session, phone=PHONE, **given)
            await live(session, person, now(), *facts)
            return person

    async def ask(self, what: tuple[str, str], who: tuple[str, str], text: str = "", **entities: str) -> list[Saying]:
        """What the action leaves for the server to say; asked twice, as when Rasa's answer was lost."""
        action, intent = what
        found = [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in entities.items()]
        body = call(action, who, {"intent": {"name": intent}, "text": normalise(text), "entities": found})
        first = await self.client.post("/actions", json=body, headers=ALLOWED)
        again = await self.client.post("/actions", json=body, headers=ALLOWED)
        assert again.json() == first.json()
        async with self.database.transaction() as session:
            mine = select(Draft).where(Draft.turn_id == who[1]).order_by(Draft.ordinal)
            drafts = [Saying(draft.say, draft.facts) for draft in await session.scalars(mine)]
        assert says(first) == [saying.name for saying in drafts]
        return drafts

    async def told(self, what: tuple[str, str], person: Beneficiary, **entities: str) -> list[str]:
        """The names of what a person hears who proved who they are."""
        level = Level.link if person.confidential else Level.code
        who = await talking(self.database, level=level, beneficiary_id=person.id)
        audience = Audience(Channel.web, level, person.confidential)
        verdict, heard = judge(what[1], await self.ask(what, who, **entities), audience, VOICE)
        assert verdict is Verdict.said
        return [saying.name for saying in heard]

    async def asked(self) -> list[Escalation]:
        """Every request for a human."""
        async with self.database.transaction() as session:
            return list(await session.scalars(select(Escalation)))


def ends(days: int) -> dict[str, str]:
    return {"ends_on": (today() + timedelta(days=days)).isoformat()}


LATE = (FactKind.known, 47, None)
TEAM = {"path": "social", "organisation": "00000000-0000-0000-0000-000000000001"}
NONE, LEADS_ON = "pathway_no_visit", "pathway_leads_on"
