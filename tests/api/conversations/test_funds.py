"""Who has the RSA from the MSA is sent to the MSA: by what they wrote, or by their file once we know who they are."""

from typing import Any

import pytest
from sqlalchemy import update

from api.beneficiaries.tables import Beneficiary, Fund, Household
from api.conversations.funds import LAST, told
from api.conversations.service import identify
from api.conversations.tables import Conversation
from api.core.clock import now
from api.core.database import Database
from api.core.documents import read_folder
from api.core.sealing import Sealer
from api.knowledge.narrower import FOLDER
from api.privacy.audience import Channel, Level
from api.texts.library import entries
from api.texts.tables import TextVersion
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says, says_both
from tests.talking import Talk
from tests.test_topics import domain_intents

PHONE = "+33639980042"
MSA, CAF = "02 98 85 79 79", "3230"
DIFFER = sorted(name for name, entry in entries().items() if entry.at_msa)
NARROWER = {entry.get("says", name): entry["intent"] for name, entry in read_folder(FOLDER).items()}
WITHIN = NARROWER | {"report_bank": "report_change", "christmas_bonus": "rsa_payment_date"}
"""Answers that are narrower than their intent's own."""


def asks(rasa: ScriptedRasa, name: str) -> None:
    rasa.answer = lambda asked: says(WITHIN.get(name, name), name)


async def hears(talk: Talk, text: str) -> str:
    after = await talk.write(text)
    await talk.answer()
    return "\n".join(message.text for message in await talk.messages(after) if message.says)


async def farmer(house: Database, **given: Any) -> Beneficiary:
    async with house.transaction() as session:
        person = await factories.person(session, phone=PHONE, **given)
        await session.execute(update(Household).where(Household.id == person.household_id).values(fund=Fund.msa))
        return person


async def known_as(talk: Talk, person: Beneficiary, level: Level) -> None:
    async with talk.database.transaction() as session:
        identify(await session.get_one(Conversation, talk.id), person.id, level, now())


@pytest.mark.parametrize(
    ("text", "fund"),
    [
        ("je suis agriculteur", Fund.msa),
        ("Mon mari est éleveur de porcs près de Carhaix", Fund.msa),
        ("jsui agricultrice g pa rssu mon rsa", Fund.msa),
        ("c'est la MSA qui me paie", Fund.msa),
        ("Je suis à la caf", Fund.caf),
        ("agriculteur : la CAF m'a dit de vous écrire", Fund.msa),
        ("c'est la MSA ou la CAF qui paie ?", None),
        ("je suis auto-entrepreneur", None),
        ("je ne suis pas agriculteur", None),
        ("je ne suis plus exploitant agricole", None),
        ("une formation agricole", None),
        ("combien je touche", None),
    ],
)
def test_a_fund_is_told_by_its_name_alone_or_by_farming(text: str, fund: Fund | None) -> None:
    assert told(text) is fund


@pytest.mark.parametrize("name", DIFFER)
def test_each_answer_that_differs_answers_an_intent_that_everybody_may_ask(name: str) -> None:
    assert WITHIN.get(name, name) in domain_intents()


@pytest.mark.parametrize("channel", Channel)
async def test_whoever_farms_hears_of_the_msa_in_every_answer_that_follows(
    talk: Talk, rasa: ScriptedRasa, channel: Channel
) -> None:
    if channel is Channel.sms:
        await talk.ring(PHONE)
    for place, name in enumerate(DIFFER):
        if place % (LAST - 1) == 0:
            # Said again before it is too long ago.
            asks(rasa, "self_employed")
            assert MSA in await hears(talk, "bonjour je suis agriculteur")
        asks(rasa, name)
        heard = await hears(talk, f"question {place}")
        assert "MSA" in heard or "msa.fr" in heard, name
        assert CAF not in heard, name
        assert "caf.fr" not in heard, name


async def test_a_self_employed_person_who_does_not_farm_hears_of_both(talk: Talk, rasa: ScriptedRasa) -> None:
    asks(rasa, "self_employed")
    heard = await hears(talk, "je suis auto-entrepreneur")
    assert CAF in heard
    assert "MSA" in heard


async def test_the_last_fund_that_was_told_counts(talk: Talk, rasa: ScriptedRasa) -> None:
    asks(rasa, "rsa_amount")
    assert CAF not in await hears(talk, "combien à la msa")
    assert CAF in await hears(talk, "non pardon, à la caf")
    assert CAF in await hears(talk, "combien déjà ?")


async def test_what_somebody_wants_to_become_tells_nothing(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("search_training", "training_ask_place")
    await hears(talk, "je voudrais être maraîcher")
    asks(rasa, "rsa_amount")
    assert CAF in await hears(talk, "combien je touche")


async def test_two_requests_at_once_are_both_answered_for_the_msa(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says_both(("rsa_amount", "rsa_amount"), ("rsa_payment_date", "rsa_payment_date"))
    heard = await hears(talk, "Je suis éleveur. Combien je touche ? Quand est-ce versé ?")
    assert CAF not in heard
    assert "Le jour du versement est dans votre espace msa.fr." in heard


async def test_more_simply_is_for_the_msa_too(talk: Talk, rasa: ScriptedRasa) -> None:
    asks(rasa, "rsa_declaration")
    await hears(talk, "je suis à la msa, comment je déclare")
    rasa.answer = lambda asked: says("explain_simpler", "explain_simpler")
    heard = await hears(talk, "pardon ?")
    assert "Allez sur msa.fr." in heard
    assert CAF not in heard


@pytest.mark.parametrize(
    ("level", "confidential", "of_the_file"),
    [(Level.code, False, True), (Level.link, False, True), (Level.link, True, False)],
)
async def test_the_file_tells_it_to_whoever_proved_who_they_are(
    talk: Talk, rasa: ScriptedRasa, level: Level, confidential: bool, of_the_file: bool
) -> None:
    await known_as(talk, await farmer(talk.database, confidential=confidential), level)
    asks(rasa, "rsa_payment_date")
    assert (CAF not in await hears(talk, "quand est versé mon rsa")) is of_the_file


async def test_a_telephone_is_told_no_fund_of_a_file(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> None:
    await farmer(house)
    talk = await Talk(house, sealer, rasa.client()).ring(PHONE)
    asks(rasa, "rsa_payment_date")
    assert CAF in await hears(talk, "quand est versé mon rsa")


async def test_an_approved_sentence_that_names_the_caf_is_not_said_to_a_farmer(talk: Talk, rasa: ScriptedRasa) -> None:
    async with talk.database.transaction() as session:
        words = {"web": f"Appelez la CAF au {CAF}.", "approved_by": "A.", "approved_at": now()}
        session.add(TextVersion(authority_code="cd29", name="rsa_amount", version=1, **words))
    asks(rasa, "rsa_amount")
    assert CAF not in await hears(talk, "je suis agriculteur, combien je touche")
