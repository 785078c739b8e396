"""Where somebody is, their contract, who follows them: for whoever may hear it, and nothing of it for the others."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from api.beneficiaries.tables import Beneficiary
from api.conversations.tables import Draft
from api.core.clock import now, today
from api.core.database import Database
from api.escalations.tables import Escalation, EscalationEvent, Reason
from api.pathways.tables import FactKind
from api.privacy.audience import Audience, Channel, Level
from api.texts.gsm import segments
from api.texts.schemas import Saying
from api.texts.service import Verdict, judge, speak
from tests import factories
from tests.actions.test_listener import ALLOWED, PHONE, call, says, talking
from tests.api.pathways.journals import live
from tests.test_content import VOICE

STATUS = ("action_pathway_status", "ask_pathway_status")
CONTRACT = ("action_contract", "ask_contract")
CASEWORKER = ("action_caseworker", "ask_caseworker")
ALL = [STATUS, CONTRACT, CASEWORKER]
WEB = Audience(Channel.web, Level.code)
BY_LINK = Audience(Channel.web, Level.link, confidential=True)


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

    async def ask(self, what: tuple[str, str], who: tuple[str, str], **entities: str) -> list[Saying]:
        """What the action leaves for the server to say; asked twice, as when Rasa's answer was lost."""
        action, intent = what
        found = [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in entities.items()]
        body = call(action, who, {"intent": {"name": intent}, "entities": found})
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


@pytest.fixture
def house(database: Database, client: httpx.AsyncClient) -> House:
    return House(database, client)


def ends(days: int) -> dict[str, str]:
    return {"ends_on": (today() + timedelta(days=days)).isoformat()}


LATE = (FactKind.known, 47, None)
TEAM = {"path": "social", "organisation": "00000000-0000-0000-0000-000000000001"}
NONE, LEADS_ON = "pathway_no_visit", "pathway_leads_on"


@pytest.mark.parametrize("what", [STATUS, CASEWORKER])
async def test_nobody_is_asked_who_is_speaking(house: House, what: tuple[str, str]) -> None:
    await house.lives(LATE)

    assert await house.ask(what, await talking(house.database)) == [Saying("identify_first")]
    assert await house.asked() == []


@pytest.mark.parametrize("what", ALL)
async def test_a_telephone_alone_hears_nothing_of_a_pathway(house: House, what: tuple[str, str]) -> None:
    await house.lives(LATE, (FactKind.contract_signed, 10, ends(90)))
    who = await talking(house.database, channel=Channel.sms, phone=PHONE, sender="38200", level=Level.number)

    said = await house.ask(what, who)

    assert [saying.name for saying in said] in (["identify_first"], ["ask_contract"])
    assert await house.asked() == []


@pytest.mark.parametrize(
    ("rule", "facts", "said"),
    [
        ("nothing known", [], ["pathway_unknown", NONE]),
        ("within the delay", [(FactKind.known, 20, None)], ["pathway_waiting", NONE]),
        ("overdue", [LATE], ["pathway_waiting", NONE, "pathway_request"]),
        ("oriented", [LATE, (FactKind.oriented, 5, TEAM)], ["pathway_oriented", NONE]),
        ("to sign", [(FactKind.notified, 5, None)], ["pathway_oriented", "contract_to_sign", NONE]),
        (
            "to sign, and overdue",
            [(FactKind.notified, 40, None)],
            ["pathway_oriented", "contract_to_sign", NONE, "pathway_request"],
        ),
        (
            "a contract, and a step",
            [
                (FactKind.contract_signed, 9, ends(90)),
                (FactKind.step_planned, 2, {"step": "cv", "title": "atelier CV"}),
            ],
            ["pathway_under_way", "contract_running", NONE, "pathway_step"],
        ),
        ("ending", [(FactKind.contract_signed, 160, ends(20))], ["pathway_under_way", "contract_ending", NONE]),
        ("ended", [(FactKind.contract_signed, 190, ends(-10))], ["pathway_under_way", "contract_ended", NONE]),
        ("moved", [(FactKind.moved, 21, {"authority": "cd29"})], ["pathway_moved", "pathway_waiting", NONE]),
        ("closed", [LATE, (FactKind.closed, 3, None)], ["pathway_closed"]),
    ],
)
async def test_each_stage_is_told_first_and_leads_on(
    house: House, rule: str, facts: list[tuple[FactKind, int, Any]], said: list[str]
) -> None:
    assert await house.told(STATUS, await house.lives(*facts)) == [*said, LEADS_ON], rule


async def test_an_appointment_to_come_is_told_and_none_is_asked_for(house: House) -> None:
    person = await house.lives(LATE)
    async with house.database.transaction() as session:
        await factories.appointment(session, person, now() + timedelta(days=3))

    assert await house.told(STATUS, person) == ["pathway_waiting", "appointment_next", LEADS_ON]
    assert await house.asked() == []


async def test_whoever_waits_too_long_has_an_appointment_asked_for_once(house: House) -> None:
    person = await house.lives(LATE)

    await house.told(STATUS, person)
    who = await talking(house.database, level=Level.code, beneficiary_id=person.id)
    again = [saying for saying in await house.ask(STATUS, who) if saying.name == "pathway_request"]

    [request] = await house.asked()
    assert (request.reason, request.beneficiary_id) == (Reason.first_appointment, person.id)
    assert "47 jours" in request.line
    assert [(saying.facts["again"], saying.facts["late"]) for saying in again] == [(True, False)]
    async with house.database.transaction() as session:
        events = select(EscalationEvent.event).order_by(EscalationEvent.seq)
        assert list(await session.scalars(events)) == ["opened", "repeated"]


@pytest.mark.parametrize("channel", Channel)
async def test_the_authority_s_own_delay_is_counted_for_the_person_and_the_request_is_opened(
    house: House, channel: Channel
) -> None:
    person = await house.lives(LATE)
    sms = {"phone": PHONE, "sender": "38200"} if channel is Channel.sms else {}
    who = await talking(house.database, channel=channel, level=Level.link, beneficiary_id=person.id, **sms)
    verdict, heard = judge(STATUS[1], await house.ask(STATUS, who), Audience(channel, Level.link), VOICE)
    text = speak(heard, channel, VOICE).text

    assert verdict is Verdict.said
    assert text.startswith("Vous attendez votre orientation depuis 47 jours.")
    assert "Le délai est de 6 semaines" in text
    assert re.search("n.y [êe]tes pour rien", text)
    assert "J'ai demandé un " in text
    assert channel is Channel.web or segments(text) <= 2
    assert [request.reason for request in await house.asked()] == [Reason.first_appointment]


async def test_a_promise_that_was_not_kept_is_not_made_again(house: House) -> None:
    person = await house.lives(LATE)
    await house.told(STATUS, person)
    async with house.database.transaction() as session:
        row = (await session.scalars(select(Escalation))).one()
        row.due_at = now() - timedelta(days=1)
    who = await talking(house.database, level=Level.code, beneficiary_id=person.id)

    said = {saying.name: saying.facts for saying in await house.ask(STATUS, who)}

    assert said["pathway_request"]["late"] is True


async def test_training_is_offered_around_a_home_that_may_be_named(house: House) -> None:
    for confidential, town in ((False, "Brest"), (True, "")):
        person = await house.lives(confidential=confidential)
        who = await talking(house.database, level=Level.link, beneficiary_id=person.id)
        assert (await house.ask(STATUS, who))[-1].facts["near"] == town


async def test_a_confidential_file_hears_its_stage_and_no_name(house: House) -> None:
    async with house.database.transaction() as session:
        worker = await factories.caseworker(session)
    person = await house.lives((FactKind.contract_signed, 9, ends(90)), confidential=True, caseworker_id=worker.id)

    assert await house.told(STATUS, person) == ["pathway_under_way", "contract_running", NONE, LEADS_ON]
    assert await house.told(CASEWORKER, person) == ["caseworker_kept"]
    assert (await house.told(CONTRACT, person))[0] == "contract_running"


@pytest.mark.parametrize(
    ("facts", "own"),
    [
        ([], "contract_none"),
        ([(FactKind.notified, 5, None)], "contract_to_sign"),
        ([(FactKind.contract_signed, 9, ends(90))], "contract_running"),
        ([(FactKind.contract_signed, 160, ends(20))], "contract_ending"),
        ([(FactKind.contract_signed, 190, ends(-10))], "contract_ended"),
        ([(FactKind.contract_ended, 10, None)], "contract_ended"),
    ],
)
async def test_whoever_may_hear_it_hears_their_own_contract_first(
    house: House, facts: list[tuple[FactKind, int, Any]], own: str
) -> None:
    person = await house.lives(*facts)

    assert await house.told(CONTRACT, person) == [own, "ask_contract"]
    assert await house.told(CONTRACT, person, mine="yes") == [own]


async def test_the_others_hear_what_a_contract_is_and_may_say_who_they_are(house: House) -> None:
    on_the_web = await house.ask(CONTRACT, await talking(house.database))
    by_sms = await talking(house.database, channel=Channel.sms, phone="+33639980002", sender="38200")
    mine = await house.ask(CONTRACT, await talking(house.database), mine="yes")

    assert on_the_web == [Saying("ask_contract", {"mine": True})]
    assert await house.ask(CONTRACT, by_sms) == [Saying("ask_contract", {"mine": False})]
    assert mine == [Saying("identify_first")]


async def test_the_professional_is_named_with_their_number(house: House) -> None:
    async with house.database.transaction() as session:
        worker = await factories.caseworker(session)
    person = await house.lives((FactKind.assigned, 12, {"caseworker": str(worker.id)}))
    who = await talking(house.database, level=Level.code, beneficiary_id=person.id)

    said = {saying.name: saying.facts for saying in await house.ask(CASEWORKER, who)}

    assert list(said) == ["caseworker_is", "caseworker_since", "caseworker_hours", "caseworker_call"]
    assert said["caseworker_is"] == {"name": "Nolwenn Kerdoncuff", "phone": "+33261910011"}
    assert said["caseworker_since"]["changed"] is False


async def test_whoever_stands_in_is_named_during_an_absence(house: House) -> None:
    async with house.database.transaction() as session:
        other = await factories.caseworker(session, first_name="Ronan")
        worker = await factories.caseworker(session, absent_from=today(), stand_in_id=other.id)
    person = await house.lives(caseworker_id=worker.id)

    assert await house.told(CASEWORKER, person) == [
        "caseworker_is",
        "caseworker_absent",
        "caseworker_stand_in",
        "caseworker_hours",
        "caseworker_call",
    ]


@pytest.mark.parametrize(
    ("rule", "facts", "said"),
    [
        ("nobody yet", [(FactKind.known, 9, None)], ["caseworker_none", "caseworker_call"]),
        ("nobody, and overdue", [LATE], ["caseworker_none", "pathway_request", "caseworker_call"]),
        ("closed", [(FactKind.closed, 9, None)], ["pathway_closed", LEADS_ON]),
    ],
)
async def test_whoever_has_nobody_is_told_what_is_done_about_it(
    house: House, rule: str, facts: list[tuple[FactKind, int, Any]], said: list[str]
) -> None:
    assert await house.told(CASEWORKER, await house.lives(*facts)) == said, rule


async def test_whoever_has_somebody_to_call_is_only_told_whom(house: House) -> None:
    async with house.database.transaction() as session:
        worker = await factories.caseworker(session)

    assert "pathway_request" not in await house.told(CASEWORKER, await house.lives(LATE, caseworker_id=worker.id))
    assert await house.asked() == []


async def test_a_professional_of_before_a_move_is_not_named(house: House) -> None:
    async with house.database.transaction() as session:
        worker = await factories.caseworker(session)
    before = (FactKind.assigned, 90, {"caseworker": str(worker.id)})
    person = await house.lives(before, (FactKind.moved, 21, {"authority": "cd56"}), caseworker_id=worker.id)

    assert await house.told(CASEWORKER, person) == ["caseworker_none", "caseworker_call"]
    assert "caseworker_is" not in await house.told(STATUS, person)
