"""Where somebody is, their contract, who follows them: for whoever may hear it, and nothing of it for the others."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from api.core.clock import now
from api.escalations.tables import Escalation, EscalationEvent, Reason
from api.pathways.tables import FactKind
from api.privacy.audience import Audience, Channel, Level
from api.texts.gsm import segments
from api.texts.schemas import Saying
from api.texts.service import Verdict, judge, speak
from tests import factories
from tests.actions.living import CASEWORKER, CONTRACT, LATE, LEADS_ON, NONE, STATUS, TEAM, House, ends
from tests.actions.test_listener import PHONE, talking
from tests.test_content import VOICE

ALL = [STATUS, CONTRACT, CASEWORKER]


@pytest.mark.parametrize("what", [STATUS, CASEWORKER])
async def test_nobody_is_asked_who_is_speaking(house: House, what: tuple[str, str]) -> None:
    await house.lives(LATE)

    assert await house.ask(what, await talking(house.database)) == [Saying("identify_first")]
    assert await house.asked() == []


async def test_what_comes_next_is_told_in_general_to_whoever_has_not_said_who_they_are(house: House) -> None:
    person = await house.lives(LATE)
    proved = {"level": Level.code, "beneficiary_id": person.id}

    nobody = await talking(house.database)
    assert await house.ask(STATUS, nobody, "et après ça se passe comment ?") == [Saying("pathway_steps")]
    assert await house.ask(STATUS, await talking(house.database), "et après, mon parcours ?") == [
        Saying("identify_first")
    ]
    own = await house.ask(STATUS, await talking(house.database, **proved), "et après ça se passe comment ?")
    assert own[0].name == "pathway_waiting"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("g changé de RIB je le dis à qui", "report_bank"),
        ("Mon compte en banque n'est plus le même.", "report_bank"),
        ("j'ai trouvé un travail à la poste", "report_change"),
    ],
)
async def test_a_bank_account_is_told_in_a_place_of_its_own(house: House, text: str, name: str) -> None:
    changes = ("action_report_change", "report_change")
    await house.lives()

    # Rasa's words, not the message's: while somebody is asked who they are, what they write is kept sealed.
    assert await house.ask(changes, await talking(house.database), text) == [Saying(name)]


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
